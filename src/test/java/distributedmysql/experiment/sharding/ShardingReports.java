package distributedmysql.experiment.sharding;

import distributedmysql.experiment.sharding.resharding.ReshardingReports;
import distributedmysql.experiment.sharding.routed.RoutedReports;
import distributedmysql.experiment.sharding.search.SearchReports;
import distributedmysql.experiment.sharding.transfers.TransfersReports;
import distributedmysql.experiment.sharding.transfers.TransfersSettings;
import distributedmysql.shard.Ring;
import java.time.Duration;

/** For tests of reports. */
public final class ShardingReports {
    private ShardingReports() {}

    /** Every key that there can be. */
    public static ShardingSection full() {
        return ShardingSection.of(settings())
                .with(RoutedReports.full(), SearchReports.full(), TransfersReports.full(), ReshardingReports.full());
    }

    /** Those of the default profile. */
    static ShardingSettings settings() {
        return new ShardingSettings(
                4,
                Ring.POINTS,
                20260101,
                new ShardingSettings.Sequential(50_000),
                new ShardingSettings.Random(30_000, 100_000, 999_999),
                new ShardingSettings.Clustered(101, 20, 1_000_000, 100),
                1,
                new PartSettings(
                        RoutedReports.settings(),
                        SearchReports.settings(),
                        new TransfersSettings(2_000, 8, 600, 50, Duration.ofSeconds(60)),
                        ReshardingReports.settings()));
    }
}
