package distributedmysql.experiment.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.StageInterval;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakPlotsTest {
    private static final double MEBI = 1 << 20;

    private static Leak leak(Quantity quantity, String node, int readings, IntToDoubleFunction value) {
        List<TimeSeries.Point> points = IntStream.range(0, readings)
                .mapToObj(i -> new TimeSeries.Point(i, value.applyAsDouble(i)))
                .toList();
        return Leak.of(new TimeSeries(quantity, node, points, null), 2 * MEBI, new Leak.Rule(0.5, 10));
    }

    private static SoakSection soak(List<StageInterval> intervals, List<Drift> drift, List<Leak> leaks) {
        return new SoakSection("soak 100/s", 1, intervals, drift, leaks);
    }

    @Test
    void aLeakHasItsReadingsItsSlopeAndItsLimit() {
        Plot plot = LeakPlot.of(leak(Quantity.SERVER_RESIDENT, "node2", 101, i -> (100 + i) * MEBI))
                .orElseThrow();
        assertThat(plot.title()).isEqualTo("server resident memory of node2");
        assertThat(plot.y().label()).isEqualTo("MiB");
        assertThat(plot.marks()).containsExactly(new Mark(50, "warm-up ends"));
        assertThat(plot.series()).map(Series::name).containsExactly("read", "trend", "limit");
        assertThat(plot.series().get(0).points()).hasSize(101).contains(Point.of(7, 107.0));
        List<Point> trend = plot.series().get(1).points();
        assertThat(trend).map(Point::x).containsExactly(50.0, 75.0, 100.0);
        assertThat(trend.get(0).y()).isCloseTo(150, within(1e-6));
        assertThat(trend.get(2).y()).isCloseTo(200, within(1e-6));
        assertThat(trend.get(2).high()).isCloseTo(200, within(1e-6));
        List<Point> limit = plot.series().get(2).points();
        assertThat(limit.get(0).y()).isCloseTo(150, within(1e-6));
        assertThat(limit.get(1).y()).isCloseTo(250, within(1e-6));
    }

    @Test
    void aNoisyTrendHasABandThatIsNarrowestInTheMiddle() {
        Leak noisy = leak(Quantity.CLIENT_THREADS, "client", 100, i -> 50 + i % 5);
        Plot plot = LeakPlot.of(noisy).orElseThrow();
        assertThat(plot.title()).isEqualTo("client threads");
        assertThat(plot.y().label()).isEqualTo("threads");
        List<Point> trend = plot.series().get(1).points();
        assertThat(trend.get(0).low()).isLessThan(trend.get(0).high());
        assertThat(trend.get(1).low()).isEqualTo(trend.get(1).high());
    }

    @Test
    void ofManyReadingsAtMost300AreKept() {
        assertThat(leak(Quantity.CLIENT_FILES, "client", 301, i -> i).readings())
                .hasSize(151);
        assertThat(leak(Quantity.CLIENT_FILES, "client", 300, i -> i).readings())
                .hasSize(300);
    }

    @Test
    void tooFewReadingsHaveNoTrendAndNoneNoPicture() {
        assertThat(LeakPlot.of(leak(Quantity.CLIENT_FILES, "client", 5, i -> i))
                        .orElseThrow()
                        .series())
                .map(Series::name)
                .containsExactly("read");
        assertThat(LeakPlot.of(leak(Quantity.CLIENT_FILES, "client", 0, i -> i)))
                .isEmpty();
    }

    @Test
    void throughputThatFallsHasAFallingTrend() {
        List<StageInterval> intervals = IntStream.range(0, 21)
                .mapToObj(i -> new StageInterval(i, 110 - i, 0, 1_000L + 100L * i, 4_000L, 5_000L))
                .toList();
        List<Drift> drift = List.of(
                Drift.of("throughput", Drift.Worse.LOWER, 10, points(i -> 110 - i)),
                Drift.of("p50", Drift.Worse.HIGHER, 10, points(i -> 1_000 + 100 * i)));

        List<Plot> plots = soak(intervals, drift, List.of()).plots();

        assertThat(plots).map(Plot::title).containsExactly("Soak: throughput", "Soak: latency");
        List<Point> falling = plots.get(0).series().get(1).points();
        assertThat(falling).map(Point::x).containsExactly(0.0, 10.0, 20.0);
        assertThat(falling.get(0).y()).isCloseTo(110, within(1e-6));
        assertThat(falling.get(2).y()).isCloseTo(90, within(1e-6));
        assertThat(plots.get(1).series()).map(Series::name).containsExactly("p50", "p95", "p99", "p50: trend");
        List<Point> rising = plots.get(1).series().get(3).points();
        assertThat(rising.get(0).y()).isCloseTo(1, within(1e-6));
        assertThat(rising.get(2).y()).isCloseTo(3, within(1e-6));
    }

    private static List<Drift.Point> points(IntToDoubleFunction value) {
        return IntStream.range(0, 21)
                .mapToObj(i -> new Drift.Point(i, value.applyAsDouble(i)))
                .toList();
    }

    @Test
    void anIntervalWithoutAnAnswerIsAGap() {
        StageInterval quiet = new StageInterval(1, 0, 2, null, null, null);
        List<Plot> plots = soak(
                        List.of(new StageInterval(0, 9, 0, 1_000L, 2_000L, 3_000L), quiet), List.of(), List.of())
                .plots();
        assertThat(plots.get(1).series().get(0).points()).containsExactly(Point.of(0, 1.0), Point.of(1, null));
        assertThat(soak(List.of(quiet), List.of(), List.of()).plots()).hasSize(1);
        assertThat(soak(List.of(), List.of(), List.of()).plots()).isEmpty();
    }
}
