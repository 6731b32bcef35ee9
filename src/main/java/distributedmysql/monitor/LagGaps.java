package distributedmysql.monitor;

import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;

/** Looks now and then for what one node, while it is a replica, lacks of the primary for ever. */
final class LagGaps implements Sampler.Reading {
    private final ReplicaSet replicaSet;
    private final Node node;
    private final ReplicaGap gap;
    private final NodeConnection primary;
    private final NodeConnection replica;

    LagGaps(ReplicaSet replicaSet, Node node, ReplicaGap gap) {
        this.replicaSet = replicaSet;
        this.node = node;
        this.gap = gap;
        this.primary = new NodeConnection(replicaSet::primary);
        this.replica = new NodeConnection(() -> node);
    }

    @Override
    public void take() throws SQLException {
        look();
    }

    /** Whether it is known what it lacks. */
    boolean look() throws SQLException {
        if (!replicaSet.replicas().contains(node)) {
            return true;
        }
        Node source = replicaSet.primary();
        BinlogPosition newest = primary.use(open -> BinlogPosition.of(source, open));
        return replica.use(open -> gap.look(node, open, newest));
    }

    @Override
    public void close() {
        primary.close();
        replica.close();
    }
}
