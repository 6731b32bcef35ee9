package distributedmysql.experiment.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardingPlotsTest {
    private final ShardingSection full = ShardingReports.full();

    private Plot plot(String title) {
        return full.plots().stream()
                .filter(plot -> plot.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachStrategysSharesAddUpToEverything() {
        Plot keys = plot("Keys by shard: sequential");
        assertThat(keys.series()).map(Series::name).containsExactly("modulo", "ranges", "ring");
        assertThat(keys.series()).allSatisfy(series -> {
            assertThat(series.points()).map(Point::x).containsExactly(1.0, 2.0, 3.0, 4.0);
            assertThat(series.points().stream().mapToDouble(Point::y).sum()).isCloseTo(100, within(1e-9));
        });
        assertThat(keys.series().get(1).points()).map(Point::y).containsOnly(25.0);
    }

    @Test
    void aSearchIsBesideItsPredictionAndItsShards() {
        Plot search = plot("Searches of all shards");
        assertThat(search.series())
                .map(Series::name)
                .containsExactly("measured", "predicted from the shards", "shard1");
        assertThat(search.series().get(0).points()).contains(Point.of(99, 5.0));
        assertThat(search.series().get(1).points())
                .containsExactly(Point.of(50, 2.1), Point.of(95, 4.1), Point.of(99, 5.1));
    }

    @Test
    void savesAndLoadsAreComparedWithOneServer() {
        assertThat(plot("Save and load by shard").series())
                .map(Series::name)
                .containsExactly("all shards", "one server");
    }

    @Test
    void aReshardingHasItsTimelineWithItsPhases() {
        Plot writes = plot("Resharding, round 1 (ring): writes");
        assertThat(writes.series().get(0).points()).containsExactly(Point.of(-2_950, 50.0), Point.of(-2_850, 49.0));
        assertThat(writes.marks()).containsExactly(new Mark(-2_950, "capture"));
    }

    @Test
    void whatWasNotPlayedIsNeitherPictureNorMetric() {
        ShardingSection computed = ShardingSection.of(ShardingReports.settings());
        assertThat(computed.plots())
                .map(Plot::title)
                .containsExactly("Keys by shard: sequential", "Keys by shard: random", "Keys by shard: clustered");
        assertThat(computed.metrics()).isEmpty();
    }

    @Test
    void metricsAreOfWhatWasPlayed() {
        List<Metric> metrics = full.metrics();
        assertThat(metrics)
                .contains(
                        Metric.micros("sharding: search of all shards: p99", 5_000),
                        Metric.micros("sharding: join across shards: p50", 2_000));
        // In its only round somebody was killed.
        assertThat(metrics)
                .map(Metric::name)
                .noneMatch(name -> name.contains("resharding"))
                .doesNotHaveDuplicates();
        assertThat(metrics).map(Metric::value).allMatch(value -> value > 0);
    }
}
