package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.MachineTime;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MachinePlotsTest {
    private static MachineTime reading(double seconds, double busy, double servers) {
        return new MachineTime(seconds, new MachineTime.Processors(busy, busy / 2, servers, 0, 0), 0, 0, 0, 0, 0);
    }

    private static List<MachineTime> quarters(int count) {
        return Stream.generate(() -> reading(0.25, 40, 10)).limit(count).toList();
    }

    @Test
    void readingsOfASecondAreOnePointByTheirTime() {
        MachineUse use = MachineUse.of(
                List.of(reading(0.25, 100, 10), reading(0.75, 20, 50), reading(1, 30, Double.NaN)), List.of());
        assertThat(use.overTime())
                .containsExactly(new ProcessorTime(0, 40.0, 20.0, 40.0), new ProcessorTime(1, 30.0, 15.0, null));
    }

    @Test
    void aLongRunHasAtMost300() {
        assertThat(ProcessorTime.over(quarters(4 * 60))).hasSize(60);
        assertThat(ProcessorTime.over(quarters(4 * 3_600))).hasSize(300);
        assertThat(IntStream.of(1_201, 1_203, 4_999)
                        .map(count -> ProcessorTime.over(quarters(count)).size()))
                .allMatch(size -> size <= 300);
    }

    @Test
    void whatTheSystemDoesNotTellIsAGap() {
        Plot plot = MachineReports.full().plots().get(0);
        assertThat(plot.series())
                .map(Series::name)
                .containsExactly("all processes", "load generator", "servers under test");
        assertThat(plot.series().get(2).points()).containsExactly(Point.of(0, 10.0), Point.of(1, null));
    }

    @Test
    void aMachineThatWasNotWatchedHasNoPicture() {
        assertThat(new Machine(MachineReports.where(), null).plots()).isEmpty();
    }
}
