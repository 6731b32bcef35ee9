package distributedmysql.experiment.connections;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsPlotsTest {
    private static final LatencySummary MICROS = new LatencySummary(1, 2, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000);

    private static ConnectionStepReport step(int connections, int opened, double qps, LatencySummary latency) {
        return new ConnectionStepReport(connections, opened, qps, MICROS, latency, null, List.of(), List.of(), null);
    }

    private static ConnectionsSection section(Integer metAt, Integer recommended, ConnectionStepReport... steps) {
        return new ConnectionsSection(
                new ConnectionsSection.Limit("node1", 151, 1, 1L, metAt, recommended, "best", List.of()),
                List.of(steps));
    }

    @Test
    void throughputHasTheRecommendationAndTheLimitAsMarks() {
        Plot plot = section(500, 50, step(50, 50, 4_000, MICROS), step(500, 150, 3_900, MICROS))
                .plots()
                .get(0);
        assertThat(plot.series().get(0).points()).containsExactly(Point.of(50, 4_000.0), Point.of(500, 3_900.0));
        assertThat(plot.marks()).containsExactly(new Mark(50, "recommended"), new Mark(151, "max_connections"));
    }

    @Test
    void latencyIsInMillisecondsWithAGapWhereNothingWasAnswered() {
        List<Plot> plots = section(null, null, step(10, 10, 9, MICROS), step(20, 0, 0, null))
                .plots();
        assertThat(plots)
                .map(Plot::title)
                .containsExactly(
                        "Connection steps: throughput",
                        "Connection steps: latency",
                        "Connection steps: time to connect");
        assertThat(plots.get(1).series().get(2).points()).containsExactly(Point.of(10, 3.0), Point.of(20, null));
        assertThat(plots.get(1).marks()).isEmpty();
    }

    @Test
    void metricsAreOfStepsThatHadTheirConnections() {
        assertThat(section(500, 50, step(50, 50, 4_000, MICROS), step(500, 150, 3_900, MICROS))
                        .metrics())
                .containsExactly(
                        Metric.perSecond("connections, 50 at once: rate", 4_000),
                        Metric.micros("connections, 50 at once: p99", 3_000));
    }

    @Test
    void noStepIsNoPicture() {
        assertThat(section(null, null).plots()).isEmpty();
        assertThat(new ConnectionsSection(null, null).plots()).isEmpty();
    }
}
