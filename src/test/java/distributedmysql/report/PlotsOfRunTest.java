package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Scale;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What every picture of a run is like")
class PlotsOfRunTest {
    private final RunReport report = Reports.full();
    private final List<Plot> plots = Stream.of(
                    Stage.plots(report.stages()),
                    report.sections().values().stream()
                            .flatMap(section -> section.plots().stream())
                            .toList(),
                    report.machine().plots())
            .flatMap(List::stream)
            .toList();

    @Test
    void eachSectionHasSome() {
        assertThat(report.sections())
                .allSatisfy(
                        (key, section) -> assertThat(section.plots()).as(key).isNotEmpty());
    }

    @Test
    void titlesAreUnlikeEachOther() {
        assertThat(plots).map(Plot::title).doesNotHaveDuplicates();
        assertThat(plots).map(Plot::reading).allMatch(reading -> reading.endsWith("."));
    }

    @Test
    void eachHasAPointAndPointsAreByRisingX() {
        assertThat(plots).allSatisfy(plot -> {
            assertThat(plot.series()).isNotEmpty();
            assertThat(plot.series())
                    .anySatisfy(series -> assertThat(series.points()).isNotEmpty());
            assertThat(plot.series())
                    .allSatisfy(series -> assertThat(series.points())
                            .map(Point::x)
                            .as(plot.title())
                            .isSorted());
        });
    }

    @Test
    void valuesHaveTheirPlaceOnTheAxis() {
        for (Plot plot : plots) {
            plot.series().stream().flatMap(series -> series.points().stream()).forEach(point -> {
                assertPlace(plot, plot.x(), point.x());
                Stream.of(point.y(), point.low(), point.high())
                        .filter(value -> value != null)
                        .forEach(value -> assertPlace(plot, plot.y(), value));
                if (point.low() != null) {
                    assertThat(point.low()).as(plot.title()).isLessThanOrEqualTo(point.high());
                }
            });
            plot.marks().forEach(mark -> assertPlace(plot, plot.x(), mark.x()));
        }
    }

    private static void assertPlace(Plot plot, Axis axis, double value) {
        assertThat(value).as(plot.title()).isFinite();
        if (axis.scale() == Scale.LOGARITHMIC) {
            assertThat(value).as(plot.title()).isPositive();
        } else if (axis.scale() == Scale.PERCENTILE) {
            assertThat(value).as(plot.title()).isGreaterThanOrEqualTo(0).isLessThan(100);
        }
    }

    @Test
    void aRunThatWasInterruptedBeforeItMeasuredAnythingHasNone() {
        assertThat(Stage.plots(Reports.interrupted().stages())).isEmpty();
        assertThat(Reports.interrupted().sections()).isEmpty();
    }
}
