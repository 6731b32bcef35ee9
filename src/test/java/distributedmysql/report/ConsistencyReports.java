package distributedmysql.report;

import distributedmysql.check.Interval;
import distributedmysql.experiment.consistency.Consistency;
import distributedmysql.experiment.consistency.judge.Guarantee;
import distributedmysql.experiment.consistency.judge.LostWrites;
import distributedmysql.experiment.consistency.judge.Percentiles;
import distributedmysql.experiment.consistency.judge.ReadAfterWrite;
import distributedmysql.experiment.consistency.judge.RowChecksums;
import distributedmysql.experiment.consistency.judge.SessionGuarantee;
import distributedmysql.experiment.consistency.judge.Visibility;
import distributedmysql.history.ColumnDifference;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.Strategy;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.LagStatistics;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.monitor.ReplicaLag.ServerLag;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.monitor.Sampler;
import java.util.List;
import java.util.Optional;

/** Hand-written consistency parts for the tests of this package. */
public final class ConsistencyReports {
    private static final LagStatistics NO_LAG = new LagStatistics(null, null, null, null, null, 0, 300);

    private ConsistencyReports() {}

    /** Every key that there can be; what can be null is null in one place and not in another. */
    public static Consistency full() {
        return new Consistency(
                List.of(
                        new ReadAfterWrite.Cell(
                                Strategy.GTID_WAIT,
                                "node2",
                                0.5,
                                4,
                                1,
                                1,
                                1,
                                1,
                                2,
                                3,
                                0.25,
                                new Interval(0.046, 0.699),
                                new Percentiles(510, 620, 700, 700)),
                        new ReadAfterWrite.Cell(
                                Strategy.REPLICA, "node2", 1000, 0, 0, 0, 0, 0, 2, 0, null, null, null)),
                List.of(
                        new Consistency.StrategyLatency(Strategy.GTID_WAIT, 4, Reports.latency(500, 900, 1000, 40_000)),
                        new Consistency.StrategyLatency(Strategy.STICKY, 0, null)),
                List.of(
                        new Visibility.Replica("node2", 50, 800L, 2_000L, 9_000L, 11_000L, 1, 2, distribution()),
                        new Visibility.Replica("node3", 0, null, null, null, null, 0, 50, null)),
                List.of(
                        new SessionGuarantee(Guarantee.READ_YOUR_WRITES, Strategy.REPLICA, false, 40, 1, violation()),
                        new SessionGuarantee(Guarantee.MONOTONIC_READS, Strategy.STICKY, true, 40, 0, null)),
                lag(),
                List.of(table(Optional.empty(), Optional.of("the deadline of 120 s passed"))),
                new LostWrites.Counts(1000, 2, 4, 1, List.of(17L), 1, 1, 1, 1, 0, 1, 2),
                new RowChecksums.Counts(2000, 1),
                "results/history_20260304_050607.jsonl.gz");
    }

    /** Interrupted in the middle: as few keys as possible. */
    public static Consistency bare() {
        ReplicationLagResult lag = new ReplicationLagResult(null, null, false, 25_000, NO_LAG, List.of(), List.of());
        return new Consistency(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                lag,
                List.of(table(Optional.of("the replica has no such table"), Optional.empty())),
                new LostWrites.Counts(0, 0, 0, 0, List.of(), 0, 0, 0, 0, 0, 0, 0),
                new RowChecksums.Counts(0, 0),
                "results/history_20260304_050607.jsonl.gz");
    }

    private static List<PercentilePoint> distribution() {
        return List.of(new PercentilePoint(0, 0), new PercentilePoint(50, 800), new PercentilePoint(90, 2_000));
    }

    private static SessionGuarantee.CounterExample violation() {
        return new SessionGuarantee.CounterExample(
                9, 17, 2, "it had written that itself on node1", 1, "node2", 1_000_000, 1_000_400);
    }

    private static ReplicationLagResult lag() {
        // Clocks of two servers that disagree.
        LagStatistics transport = new LagStatistics(-900L, -950L, -200L, -100L, 50L, 280, 20);
        LagStatistics other = new LagStatistics(900L, 800L, 2_000L, 9_000L, 9_500L, 290, 10);
        ReplicaLag replica = new ReplicaLag(
                "node2",
                "11111111-1111-4111-8111-111111111111:1-3",
                other,
                new ServerLag(transport, other, other, other),
                NO_LAG,
                100,
                List.of(new LagPoint(0, 800L, null, null), new LagPoint(100, null, -20L, 1_000_000L)));
        return new ReplicationLagResult(
                50L,
                8_050L,
                false,
                25_000,
                other,
                List.of(replica),
                List.of(
                        new Sampler.Counts("heartbeat", 400, 0, 1, null),
                        new Sampler.Counts("lag of node2: probe", 290, 2, 8, "Communications link failure")));
    }

    private static TableChecksum table(Optional<String> definition, Optional<String> incomplete) {
        return new TableChecksum(
                "db",
                "probes",
                "node2",
                1000,
                4,
                1,
                1,
                1,
                List.of(
                        new KeyDifference(
                                KeyDifference.Kind.DIFFERING,
                                "5",
                                List.of(
                                        new ColumnDifference("total", "19.90", "19.91"),
                                        new ColumnDifference("secret", null, null)),
                                3),
                        new KeyDifference(KeyDifference.Kind.MISSING, "(5, 'a')"),
                        new KeyDifference(KeyDifference.Kind.EXTRA, "0x00FF")),
                definition,
                incomplete);
    }
}
