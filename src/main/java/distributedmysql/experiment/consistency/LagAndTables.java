package distributedmysql.experiment.consistency;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.experiment.consistency.judge.LagEvidence;
import distributedmysql.experiment.consistency.judge.ReplicationLagCheck;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.LagStatistics;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.monitor.ReplicationLags;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.run.Check;
import distributedmysql.run.FilteredTables;
import distributedmysql.run.Timing;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** How far the replicas lag, and whether they hold what their primary holds, in each shard. */
public final class LagAndTables {
    private final Shards shards;
    private final ConsistencySettings settings;
    private final ReplicationLags lag;
    private final Consumer<String> progress;
    private final List<TableChecksum> tables = new ArrayList<>();
    private LoadTime compared;

    /** @param lag is started and closed by others */
    public LagAndTables(Shards shards, ConsistencySettings settings, ReplicationLags lag, Consumer<String> progress) {
        this.shards = shards;
        this.settings = settings;
        this.lag = lag;
        this.progress = progress;
    }

    /**
     * Compares every table of these databases.
     *
     * @param own the framework's own database, whose rows nobody minds to see
     */
    public synchronized void compare(List<String> databases, String own) {
        long begin = System.nanoTime();
        for (String database : databases) {
            Ending.refuse("the comparison of " + database);
            progress.accept("consistency: comparing the tables of " + database + " on primary and replicas");
            TableComparison comparison =
                    new TableComparison(limits(database.equals(own)), line -> progress.accept("consistency: " + line));
            for (ReplicaSet set : shards.all()) {
                comparison.compareAll(set, database).forEach(table -> tables.add(FilteredTables.explained(set, table)));
            }
        }
        compared = new LoadTime(begin, System.nanoTime());
    }

    private ComparisonSettings limits(boolean own) {
        ConsistencySettings.Tables limits = settings.tables();
        return new ComparisonSettings(
                limits.chunkTime(),
                limits.lockTime(),
                limits.deadline(),
                limits.namedKeys(),
                limits.show().of(own),
                limits.throttle());
    }

    Check tableCheck() {
        return new Check(TableChecksumCheck.NAME, TableChecksumCheck.MEANING, () -> TableChecksumCheck.check(tables()))
                .ofEvidence(this::comparing);
    }

    public Check lagCheck() {
        return new Check(ReplicationLagCheck.NAME, ReplicationLagCheck.MEANING, this::lagVerdict)
                .ofFigures(this::lagTimes);
    }

    private List<Timing> lagTimes() {
        double highest = lag.result().replicas().stream()
                .map(replica -> replica.probe().p99())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return lag.loadTime().stream()
                .map(time -> new Timing(ReplicationLagCheck.NAME, time, Timing.ONE_PERCENT, highest / 1e3))
                .toList();
    }

    /** While the lag was sampled under the load. */
    List<Timing> underLoad(String what, double share) {
        return lag.loadTime().stream()
                .map(time -> new Timing(what, time, share))
                .toList();
    }

    private synchronized List<Timing> comparing() {
        return compared == null ? List.of() : List.of(Timing.withoutFigures(compared, Timing.SOME));
    }

    private CheckResult lagVerdict() {
        ReplicationLagResult result = lag.result();
        List<LagEvidence> evidence =
                result.replicas().stream().map(LagAndTables::evidence).toList();
        return new ReplicationLagCheck(settings.lag().limit(), settings.lag().beatInterval())
                .check(evidence, result.primaryIdle());
    }

    private static LagEvidence evidence(ReplicaLag replica) {
        LagStatistics probe = replica.probe();
        OptionalLong p99 = probe.p99() == null ? OptionalLong.empty() : OptionalLong.of(probe.p99());
        String neverGets = replica.neverGets() == null ? "" : replica.neverGets();
        return new LagEvidence(replica.replica(), probe.samples(), probe.missing(), p99, neverGets);
    }

    ReplicationLagResult lag() {
        return lag.result();
    }

    synchronized List<TableChecksum> tables() {
        return List.copyOf(tables);
    }
}
