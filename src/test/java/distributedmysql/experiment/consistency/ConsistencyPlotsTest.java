package distributedmysql.experiment.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.report.ConsistencyReports;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyPlotsTest {
    private final List<Plot> plots = ConsistencyReports.full().plots();

    private Plot plot(String title) {
        return plots.stream()
                .filter(plot -> plot.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void freshReadsHaveTheirBandInPercent() {
        // The other strategy has no sample.
        assertThat(plots)
                .map(Plot::title)
                .filteredOn(title -> title.startsWith("Fresh"))
                .hasSize(1);
        Series node2 = plot("Fresh reads after a write: gtid-wait").series().get(0);
        assertThat(node2.name()).isEqualTo("node2");
        Point point = node2.points().get(0);
        assertThat(point.x()).isEqualTo(0.51);
        assertThat(point.y()).isEqualTo(25);
        assertThat(point.low()).isCloseTo(4.6, within(1e-9));
        assertThat(point.high()).isCloseTo(69.9, within(1e-9));
    }

    @Test
    void aStrategyCostsItsPercentiles() {
        Plot cost = plot("What each read strategy costs");
        assertThat(cost.series()).map(Series::name).containsExactly("gtid-wait");
        assertThat(cost.series().get(0).points().get(0)).isEqualTo(Point.of(50, 0.9));
    }

    @Test
    void whatNeverBecomesVisibleKeepsTheCurveBelow100() {
        Plot visible = plot("Writes visible on each replica");
        assertThat(visible.series()).map(Series::name).containsExactly("node2");
        List<Point> points = visible.series().get(0).points();
        assertThat(points).map(Point::x).containsExactly(0.8, 2.0, 11.0);
        assertThat(points.get(0).y()).isCloseTo(50.0 * 50 / 51, within(1e-9));
        assertThat(points.get(2).y()).isCloseTo(100.0 * 50 / 51, within(1e-9));
    }

    @Test
    void lagIsMeasuredThreeWaysWithGaps() {
        Plot lag = plot("Replication lag of node2");
        assertThat(lag.series())
                .map(Series::name)
                .containsExactly("our probe", "server's timestamps", "Seconds_Behind_Source");
        assertThat(lag.series().get(0).points()).containsExactly(Point.of(-0.05, 0.8), Point.of(0.05, null));
        assertThat(lag.series().get(1).points().get(1)).isEqualTo(Point.of(0.05, -0.02));
        assertThat(lag.series().get(2).points().get(1).y()).isEqualTo(1_000);
        assertThat(lag.marks()).containsExactly(new Mark(8, "load ends"));
    }

    @Test
    void anInterruptedOrReadOnlyRunHasNoPicturesOfWhatItLacks() {
        assertThat(ConsistencyReports.bare().plots()).isEmpty();
        Consistency readOnly = Consistency.readOnly(ConsistencyReports.full().replicationLagMicros(), List.of());
        assertThat(readOnly.plots()).map(Plot::title).containsExactly("Replication lag of node2");
        assertThat(Consistency.readOnly(null, List.of()).plots()).isEmpty();
    }
}
