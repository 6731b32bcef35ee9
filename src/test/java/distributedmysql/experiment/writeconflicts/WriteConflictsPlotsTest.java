package distributedmysql.experiment.writeconflicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteConflictsPlotsTest {
    @Test
    void ratesAndSharesAreByTheCountersWithAGapWhereNothingIsKnown() {
        List<Plot> plots = WriteConflictsReports.full().plots();
        assertThat(plots.get(0).series().get(0).points()).containsExactly(Point.of(1, 33.25), Point.of(10_000, 0.0));
        List<Point> shares = plots.get(1).series().get(0).points();
        assertThat(shares.get(0).y()).isCloseTo(4_000.0 / 141, within(1e-9));
        assertThat(shares.get(0).low()).isEqualTo(20);
        assertThat(shares.get(0).high()).isEqualTo(36);
        assertThat(shares.get(1)).isEqualTo(Point.of(10_000, null));
    }

    @Test
    void aTurnWithoutAnIncrementIsNoMetric() {
        assertThat(WriteConflictsReports.full().metrics())
                .containsExactly(Metric.perSecond("write conflicts, 1 counter: increments", 33.25));
        assertThat(new WriteConflictsSection(4, List.of()).plots()).isEmpty();
    }
}
