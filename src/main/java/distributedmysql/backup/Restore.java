package distributedmysql.backup;

import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Replication;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes servers of full backups, each beside the deployment. Thread-safe. */
public final class Restore {
    private final SpareServers spares;
    private final List<BackupStrategy> strategies;
    private final Consumer<String> progress;

    /**
     * @param strategies at most one of a name
     * @param progress takes lines for the console
     */
    public Restore(SpareServers spares, List<BackupStrategy> strategies, Consumer<String> progress) {
        this.spares = spares;
        this.strategies = List.copyOf(strategies);
        this.progress = line -> progress.accept("restore: " + line);
    }

    /**
     * Returns when the server takes connections, all that is stored of the backup was read and verified, and the server has executed
     * exactly the backup's GTIDs. Otherwise it throws, and nothing is left of the server.
     *
     * @throws distributedmysql.backup.store.DamagedBackupException if the backup is not what was stored; names the file
     * @throws BackupException if no server can be made of it
     */
    public RestoredServer of(StoredBackup full) throws IOException {
        return of(full, List.of());
    }

    /** The same with incremental backups of the strategy's own, in their order. */
    public RestoredServer of(StoredBackup full, List<StoredBackup> incrementals) throws IOException {
        BackupStrategy strategy = strategyOf(full);
        GtidSet expected = full.gtids();
        for (StoredBackup incremental : incrementals) {
            expected = expected.and(incremental.gtids());
        }
        String size = String.format(Locale.ROOT, "%.1f MB", full.manifest().contentBytes() / 1e6);
        progress.accept(full + " by " + strategy.name() + ", " + size);
        SpareServer spare = spares.prepare("restored");
        boolean restored = false;
        long start = System.nanoTime();
        Wait wait = Wait.until("restore of " + full, "until its " + size + " are read and the server runs");
        try (wait) {
            Node node = strategy.restore(full, incrementals, spare);
            List<StepTime> steps = new ArrayList<>();
            steps.add(StepTime.since("restore by " + strategy.name(), start));
            if (Replication.hasSource(node)) {
                Replication.forgetSource(node);
            }
            requireExactly(full, node, expected);
            restored = true;
            progress.accept(full + " is restored: " + node + ", " + Plural.of(expected.count(), "transaction"));
            return new RestoredServer(spare, node, expected, steps);
        } finally {
            if (!restored) {
                spare.close();
            }
        }
    }

    private BackupStrategy strategyOf(StoredBackup full) {
        String name = full.manifest().origin().strategy();
        return strategies.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BackupException(full + " was taken by " + name + ", which is not among "
                        + strategies.stream().map(BackupStrategy::name).toList()));
    }

    /** What the user's own commands restore may not know its GTIDs; what it has executed otherwise is wrong. */
    private static void requireExactly(StoredBackup full, Node node, GtidSet expected) {
        GtidSet executed = GtidSet.executed(node);
        if (executed.equals(expected)) {
            return;
        }
        GtidSet missing = expected.minus(executed);
        if (expected.contains(executed) && full.manifest().origin().strategy().equals(HookBackup.NAME)) {
            Mysql.execute(node, "SET GLOBAL gtid_purged = ?", "+" + missing);
            return;
        }
        throw new BackupException(
                full + ": the restored server has not executed exactly what the backup says; missing: " + missing
                        + "; not in the backup: " + executed.minus(expected));
    }
}
