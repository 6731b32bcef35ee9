package distributedmysql.experiment.backup;

import distributedmysql.backup.RestoredServer;
import distributedmysql.history.TableChecksum;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.LedgerTable;
import distributedmysql.ledger.RestoredLedger;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.mysql.GtidSet;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks what a restored server holds; judges nothing.
 *
 * @param database whose tables are compared, as the settings name it
 * @param deadline for each table
 */
record Inspection(LedgerLoad ledger, String database, Duration deadline) {
    private static final Duration CHUNK = Duration.ofMillis(500);
    private static final Duration LOCK = Duration.ofMillis(250);
    private static final int NAMED_KEYS = 100;

    /** @param position what the server must have executed, whatever it says */
    Restored look(RestoredServer server, int shard, GtidSet position) {
        long start = System.nanoTime();
        LedgerTable table = ledger.table();
        BitSet present = table.ids(server.node());
        GtidSet executed = GtidSet.executed(server.node());
        List<Took> steps = new ArrayList<>(Took.all(server.steps()));
        steps.add(Took.since("look", start));
        return new Restored(
                steps,
                textOrNull(position.minus(executed)),
                textOrNull(executed.minus(position)),
                RestoredLedger.of(ledger.ledger(shard), present, position),
                null,
                null,
                null);
    }

    private static String textOrNull(GtidSet set) {
        return set.isEmpty() ? null : set.toString();
    }

    List<TableChecksum> compare(ReplicaSet restored) {
        return new TableComparison(new ComparisonSettings(CHUNK, LOCK, deadline, NAMED_KEYS))
                .compareAll(restored, database);
    }
}
