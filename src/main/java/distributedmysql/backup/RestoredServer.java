package distributedmysql.backup;

import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.topology.SpareServer;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that a backup was restored into; it replicates from nobody, and nobody writes to it. It is gone when it is closed, and with the
 * run.
 *
 * @param node how to ask it
 * @param gtids exactly what it has executed
 * @param steps of the restore, in their order
 */
public record RestoredServer(SpareServer server, Node node, GtidSet gtids, List<StepTime> steps)
        implements AutoCloseable {
    public RestoredServer {
        steps = List.copyOf(steps);
    }

    RestoredServer with(GtidSet now, List<StepTime> further) {
        List<StepTime> all = new ArrayList<>(steps);
        all.addAll(further);
        return new RestoredServer(server, node, now, all);
    }

    @Override
    public void close() {
        server.close();
    }
}
