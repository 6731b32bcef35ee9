package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.experiment.sharding.resharding.ReshardingSection.Added;
import distributedmysql.experiment.sharding.resharding.ReshardingSection.Took;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Timeline;
import java.time.Duration;
import java.util.List;

/** For tests of reports. */
public final class ReshardingReports {
    private ReshardingReports() {}

    /** Every key that there can be. */
    public static ReshardingSection full() {
        LatencySummary latency = new LatencySummary(900, 2_100.5, 1_900, 3_000, 3_500, 6_000, 9_000, 12_000);
        return new ReshardingSection(
                500,
                List.of(new Added(
                        1,
                        "ring",
                        "source",
                        "copy",
                        60_000,
                        20_100,
                        0.335,
                        0.333,
                        0,
                        15_000.5,
                        List.of(new Took("copy", 1_340)),
                        41.25,
                        37,
                        21,
                        3,
                        499.8,
                        310.5,
                        false,
                        1_000,
                        212,
                        1,
                        2,
                        List.of(new ReshardingSection.FailedWrites("08S01/0", 3)),
                        latency,
                        latency,
                        latency,
                        latency,
                        5_100L,
                        1,
                        "interrupted",
                        "a server was killed",
                        new Timeline(
                                -3_000,
                                100,
                                List.of(50, 49),
                                List.of(0, 1),
                                List.of(0, 0),
                                List.of(0, 0),
                                List.of(new Timeline.Moment(-2_950, "capture"))))));
    }

    /** Those of the default profile. */
    public static ReshardingSettings settings() {
        return new ReshardingSettings(
                5,
                List.of(Strategy.RING, Strategy.MODULO, Strategy.RANGES),
                150,
                20260101,
                60_000,
                500,
                64,
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                new Pacing(4_000, 0, 200),
                Duration.ofMinutes(2),
                "",
                List.of(Kill.NONE));
    }
}
