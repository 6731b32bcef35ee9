package distributedmysql.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Point-in-time recovery: the newest full backup before the target, then binary logs up to it and no further, on a server of its own.
 * Thread-safe.
 *
 * <p>Binary logs are applied as relay logs, by as many threads as a replica has; the last one is cut right after the target, so that nothing
 * behind it is there to be applied.
 */
public final class Recovery {
    private final RecoveryPlanner planner;
    private final Restore restore;
    private final Duration limit;
    private final Consumer<String> progress;

    /**
     * @param shard whose backups, from 0
     * @param limit for the applying of binary logs
     * @param progress takes lines for the console
     */
    public Recovery(
            BackupStore store,
            int shard,
            SpareServers spares,
            Restore restore,
            Duration limit,
            Consumer<String> progress) {
        this.progress = line -> progress.accept("recovery: " + line);
        this.planner = new RecoveryPlanner(store, shard, spares, this.progress);
        this.restore = restore;
        this.limit = limit;
    }

    /**
     * What would be done, with all binary logs that it needs already fetched and verified.
     *
     * @throws BackupException if the target is outside of what is stored, or something between is not stored; names what
     * @throws IOException if the store cannot be read, or something in it is not what was stored
     */
    public RecoveryPlan plan(Target target) throws IOException {
        return planner.plan(target);
    }

    /**
     * Returns when the server has executed exactly what it is to have executed. Otherwise it throws, and nothing is left of
     * the server; where {@link #plan} would throw, none was started.
     */
    public RestoredServer to(Target target) throws IOException {
        try (RecoveryPlan plan = plan(target)) {
            return run(plan);
        }
    }

    /** As {@link #to}, for a plan that is made already; the caller closes it. */
    public RestoredServer run(RecoveryPlan plan) throws IOException {
        RestoredServer server = restore.of(plan.full(), plan.incrementals());
        boolean done = false;
        try {
            List<StepTime> steps = new ArrayList<>();
            if (!plan.segments().isEmpty()) {
                String transactions = Plural.of(plan.transactions(), "transaction");
                progress.accept("applying " + transactions + " up to " + plan.target());
                long start = System.nanoTime();
                new RelayLogs(server, limit).apply(plan.segments(), plan.gtids());
                steps.add(StepTime.since("apply " + transactions, start));
            }
            requireExactly(plan, server);
            done = true;
            progress.accept("recovered to " + plan.target() + ": " + server.node());
            return server.with(plan.gtids(), steps);
        } finally {
            if (!done) {
                server.close();
            }
        }
    }

    private static void requireExactly(RecoveryPlan plan, RestoredServer server) {
        GtidSet executed = GtidSet.executed(server.node());
        if (!executed.equals(plan.gtids())) {
            throw new BackupException(
                    "recovery to " + plan.target() + ": the server has not executed exactly what it should; missing: "
                            + plan.gtids().minus(executed) + "; too much: " + executed.minus(plan.gtids()));
        }
    }
}
