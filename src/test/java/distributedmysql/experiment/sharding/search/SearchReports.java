package distributedmysql.experiment.sharding.search;

import distributedmysql.config.Phases;
import distributedmysql.experiment.sharding.search.SearchSection.Cost;
import distributedmysql.experiment.sharding.search.SearchSection.Joins;
import distributedmysql.experiment.sharding.search.SearchSection.OneShard;
import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.experiment.sharding.search.SearchSection.ShardLatency;
import distributedmysql.experiment.sharding.search.SearchSettings.DeadShard;
import distributedmysql.report.LatencySummary;
import java.time.Duration;
import java.util.List;

/** For tests of reports. */
public final class SearchReports {
    private SearchReports() {}

    /** Every key that there can be. */
    public static SearchSection full() {
        LatencySummary micros = new LatencySummary(1, 2.5, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000);
        return new SearchSection(
                new Scatter(
                        50,
                        20,
                        490,
                        10,
                        micros,
                        new Prediction(2_100, 4_100, 5_100, 480, List.of("p99")),
                        List.of(new ShardLatency("shard1", micros, 480, 0), new ShardLatency("shard2", null, 0, 10))),
                new Joins(
                        new Cost(2, micros),
                        new Cost(1, null),
                        20_000,
                        List.of(
                                new OneShard("shard1", 5_000L, 15_000L, null),
                                new OneShard("shard2", null, null, "connection refused")),
                        9_900L));
    }

    /** Small, for tests. */
    public static SearchSettings settings() {
        return new SearchSettings(
                600, 20, 50, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2)), 10, DeadShard.ERROR, 100);
    }
}
