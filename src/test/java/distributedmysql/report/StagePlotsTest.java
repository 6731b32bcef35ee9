package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.record.IntervalRecorder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.RateCap;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Scale;
import distributedmysql.report.Plot.Series;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StagePlotsTest {
    private static final long MILLI = 1_000_000;
    private static final Phases PHASES = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofMillis(300));

    /** In each tenth of a second but the second so many requests, which take 1, 2, 3 … milliseconds. */
    private static Stage measured(int rate, int requests) {
        StageRecorder recorder = new StageRecorder(
                StagePlan.open("select " + rate + "/s", "routed", rate, PHASES),
                () -> {},
                IntervalRecorder.ofStage(PHASES.steady()),
                null,
                RateCap.none());
        long first = System.nanoTime() - Duration.ofHours(1).toNanos();
        recorder.begin(first);
        for (long at : new long[] {first, first + 200 * MILLI}) {
            for (int i = 1; i <= requests; i++) {
                recorder.succeeded("r", Role.REPLICA, at, 0, at + i * MILLI);
            }
        }
        return recorder.measured().map(Stage::of).orElseThrow();
    }

    private static Plot plot(List<Plot> plots, String title) {
        return plots.stream()
                .filter(plot -> plot.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStageIsToldOverTimeAndByPercentile() {
        Stage stage = measured(200, 10);
        assertThat(stage.intervals()).map(StageInterval::seconds).containsExactly(0.0, 0.1, 0.2);
        assertThat(stage.intervals()).map(StageInterval::qps).containsExactly(100.0, 0.0, 100.0);
        assertThat(stage.distribution().get(0)).isEqualTo(new PercentilePoint(0, 1000));
        assertThat(stage.distribution())
                .map(PercentilePoint::percentile)
                .contains(95.0)
                .doesNotContain(96.0);
    }

    @Test
    void ratesOfOneKindShareAPicture() {
        List<Plot> plots = Stage.plots(List.of(measured(200, 10), measured(100, 5)));
        assertThat(plots)
                .map(Plot::title)
                .containsExactly(
                        "select: latency by rate",
                        "select: latency distribution",
                        "select: rate over time",
                        "select 200/s: latency over time",
                        "select 100/s: latency over time");
        Series p50 = plot(plots, "select: latency by rate").series().get(0);
        assertThat(p50.points()).map(Point::x).containsExactly(100.0, 200.0);
        assertThat(p50.points().get(1).y()).isBetween(5.0, 5.01);
        Plot rates = plot(plots, "select: rate over time");
        assertThat(rates.series()).map(Series::name).containsExactly("200/s", "100/s");
        assertThat(rates.series().get(1).points())
                .containsExactly(Point.of(0, 50.0), Point.of(0.1, 0.0), Point.of(0.2, 50.0));
    }

    @Test
    void soDoNumbersOfConnections() {
        List<Plot> plots = Stage.plots(List.of(
                Reports.open("max throughput, 1 connection", 1, 1, List.of()),
                Reports.open("max throughput, 16 connections", 1, 1, List.of())));
        assertThat(plot(plots, "max throughput: rate over time").series())
                .map(Series::name)
                .containsExactly("1 connection", "16 connections");
    }

    @Test
    void latenciesHaveAGapWhereNothingSucceeded() {
        List<Plot> plots = Stage.plots(List.of(measured(200, 10)));
        List<Series> lines = plot(plots, "select 200/s: latency over time").series();
        assertThat(lines).map(Series::name).containsExactly("p50", "p95", "p99");
        assertThat(lines.get(0).points().get(1)).isEqualTo(Point.of(0.1, null));
        assertThat(lines.get(0).points().get(2).y()).isBetween(5.0, 5.3);
        assertThat(plot(plots, "select: latency distribution").x().scale()).isEqualTo(Scale.PERCENTILE);
    }

    @Test
    void whatWasNotRecordedIsNoPicture() {
        assertThat(Stage.plots(List.of(Reports.closed("max throughput 64", 64), Reports.own("transfers"))))
                .isEmpty();
    }

    @Test
    void aStageHasAtMost60Intervals() {
        assertThat(IntStream.of(1, 7, 60, 61, 600, 1_801, 86_400)
                        .map(seconds -> IntervalRecorder.ofStage(Duration.ofSeconds(seconds))
                                .intervals()
                                .size()))
                .containsExactly(10, 35, 60, 30, 60, 60, 57);
    }
}
