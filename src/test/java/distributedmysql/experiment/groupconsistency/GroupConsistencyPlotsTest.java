package distributedmysql.experiment.groupconsistency;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupConsistencyPlotsTest {
    private final List<Plot> plots = GroupConsistencyReports.full().plots();

    @Test
    void eachLevelIsALine() {
        assertThat(plots.get(0).title()).isEqualTo("What writes cost under each level");
        assertThat(plots.get(0).series()).map(Series::name).containsExactly("EVENTUAL", "AFTER");
        assertThat(plots.get(1).series()).map(Series::name).containsExactly("EVENTUAL");
        assertThat(plots.get(1).series().get(0).points()).contains(Point.of(99, 5.0));
    }

    @Test
    void freshReadsHaveTheirBandAndNoneWithoutSamples() {
        assertThat(plots).hasSize(3);
        assertThat(plots.get(2).title()).isEqualTo("Fresh reads of secondaries under EVENTUAL");
        assertThat(plots.get(2).series()).map(Series::name).containsExactly("node2");
        assertThat(plots.get(2).series().get(0).points()).containsExactly(new Point(0.5, 90.0, 80.0, 95.0));
    }

    @Test
    void metricsAreOfEachLevel() {
        assertThat(GroupConsistencyReports.full().metrics())
                .contains(
                        Metric.perSecond("group consistency, AFTER: writes", 400.5),
                        Metric.micros("group consistency, AFTER: write p99", 5_000));
        assertThat(new GroupConsistencySection(Level.EVENTUAL, List.of()).plots())
                .isEmpty();
    }
}
