package distributedmysql.experiment.sharding.routed;

import distributedmysql.config.Phases;
import distributedmysql.report.LatencySummary;
import java.time.Duration;
import java.util.List;

/** For tests of reports. */
public final class RoutedReports {
    private RoutedReports() {}

    /** Those of the default profile. */
    public static RoutedSettings settings() {
        return new RoutedSettings(
                10_000, 1_000, new Phases(Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(10)));
    }

    /** Every key that there can be. */
    public static RoutedSection full() {
        LatencySummary latency = new LatencySummary(1, 1, 700, 1, 900, 1000, 1, 1);
        return new RoutedSection(List.of(
                new RoutedSection.Turn("all shards", 1_000, 3, latency),
                new RoutedSection.Turn("shard1", 0, 3, null),
                new RoutedSection.Turn("one server", 900.5, 0, latency)));
    }
}
