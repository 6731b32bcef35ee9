package distributedmysql.backup;

import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.GtidSet;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What is restored and applied to come to a target; nothing is missing. The segments are fetched, read and verified; they are removed when
 * it is closed.
 *
 * @param full what is restored first
 * @param incrementals of the user's own command, which belong to it
 * @param segments binary logs, in the order in which they are applied
 * @param gtids exactly what the server has executed in the end
 * @param directory where the segments are
 */
public record RecoveryPlan(
        Target target,
        StoredBackup full,
        List<StoredBackup> incrementals,
        List<Segment> segments,
        GtidSet gtids,
        Path directory)
        implements AutoCloseable {
    public RecoveryPlan {
        incrementals = List.copyOf(incrementals);
        segments = List.copyOf(segments);
    }

    /** The segments' backups, in the order in which they are applied. */
    public List<Manifest> binaryLogs() {
        return segments.stream().map(segment -> segment.backup().manifest()).toList();
    }

    /** How many transactions are applied by the segments. */
    public long transactions() {
        GtidSet base = full.gtids();
        for (StoredBackup incremental : incrementals) {
            base = base.and(incremental.gtids());
        }
        return gtids.minus(base).count();
    }

    @Override
    public void close() throws IOException {
        FileTrees.delete(directory);
    }
}
