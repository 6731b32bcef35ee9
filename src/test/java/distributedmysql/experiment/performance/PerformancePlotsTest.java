package distributedmysql.experiment.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.experiment.performance.MaxThroughput.Objective;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.statistics.ScalabilityLaw;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerformancePlotsTest {
    private static final Objective OBJECTIVE = new Objective(2_000, 1);
    /** Its knee is at 30 connections. */
    private static final ScalabilityLaw LAW = new ScalabilityLaw(0.1, 0.001, 1_000);

    private static CurvePoint point(int connections, double qps, Long p95) {
        return new CurvePoint(connections, qps, p95 == null ? null : p95 / 2, p95, p95, 0, true, null);
    }

    /** As the law says, and a p95 of as many tenths of a millisecond as there are connections. */
    private static Performance lawful() {
        return Performance.of(MaxThroughput.of(
                IntStream.of(1, 2, 4, 8, 16, 32, 64)
                        .mapToObj(n -> point(n, LAW.rate(n), 100L * n))
                        .toList(),
                OBJECTIVE));
    }

    @Test
    void theLawGoesThroughItsPointsToTwiceTheConnections() {
        Plot plot = lawful().plots().get(0);
        List<Point> law = plot.series().get(1).points();
        assertThat(law.get(0).x()).isEqualTo(1);
        assertThat(law.get(law.size() - 1).x()).isCloseTo(128, within(1e-6));
        assertThat(law).allSatisfy(point -> assertThat(point.y()).isCloseTo(LAW.rate(point.x()), within(1.0)));
        assertThat(plot.series().get(0).points()).contains(Point.of(4, LAW.rate(4)));
    }

    @Test
    void marksTheKneeAndWhereTheObjectiveIsCrossed() {
        Plot plot = lawful().plots().get(0);
        assertThat(plot.marks()).map(Mark::label).containsExactly("p95 above 2 ms", "knee");
        assertThat(plot.marks().get(0).x()).isCloseTo(20, within(1e-6));
        assertThat(plot.marks().get(1).x()).isEqualTo(LAW.knee().getAsLong());
    }

    @Test
    void latenciesAreInMillisecondsWithAGapWhereNothingWasAnswered() {
        MaxThroughput max = MaxThroughput.of(List.of(point(1, 10, 400L), point(2, 0, null)), OBJECTIVE);
        Plot latency = Performance.of(max).plots().get(1);
        assertThat(latency.series()).map(Plot.Series::name).containsExactly("p50", "p95", "p99");
        assertThat(latency.series().get(0).points()).containsExactly(Point.of(1, 0.2), Point.of(2, null));
        assertThat(latency.marks()).isEmpty();
    }

    @Test
    void aCurveWithoutALawHasItsReasonInstead() {
        MaxThroughput max = MaxThroughput.of(List.of(point(1, 10, 400L), point(2, 0, null)), OBJECTIVE);
        Plot plot = Performance.of(max).plots().get(0);
        assertThat(plot.series()).map(Plot.Series::name).containsExactly("measured");
        assertThat(plot.reading()).contains("No law is drawn, because too few points");
    }

    @Test
    void noCurveIsNoPicture() {
        assertThat(Performance.of(MaxThroughput.of(List.of(), OBJECTIVE)).plots())
                .isEmpty();
    }
}
