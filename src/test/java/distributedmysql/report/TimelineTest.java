package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import distributedmysql.report.Timeline.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was done was done at 5 s. */
class TimelineTest {
    private static final long DONE = 5_000_000;

    private final Timeline.Counts counts = new Timeline.Counts(DONE, DONE - 250_000, DONE + 270_000);

    @Test
    void countsByTheEndOfTheRequestInWholeTenthsOfASecond() {
        counts.write(DONE - 250_001, true);
        counts.write(DONE - 250_000, true);
        counts.write(DONE - 150_001, true);
        counts.write(DONE - 150_000, false);
        counts.write(DONE + 249_999, true);
        counts.write(DONE + 250_000, true);
        counts.read(DONE, true);
        counts.read(DONE, false);

        Timeline timeline = counts.with(List.of());

        assertThat(timeline.fromMillis()).isEqualTo(-250);
        assertThat(timeline.intervalMillis()).isEqualTo(100);
        assertThat(timeline.writesAnswered()).containsExactly(2, 0, 0, 0, 1);
        assertThat(timeline.writesFailed()).containsExactly(0, 1, 0, 0, 0);
        assertThat(timeline.readsAnswered()).containsExactly(0, 0, 1, 0, 0);
        assertThat(timeline.readsFailed()).containsExactly(0, 0, 1, 0, 0);
    }

    @Test
    void momentsAreInOrderAndOnlyThoseWithin() {
        counts.read(DONE - 250_000, true);
        Timeline timeline = counts.with(List.of(
                new Moment(200, "later"), new Moment(0, "kill"), new Moment(-300, "out"), new Moment(251, "out")));
        assertThat(timeline.moments()).containsExactly(new Moment(0, "kill"), new Moment(200, "later"));
    }

    @Test
    void failedIsStackedOnAnsweredAtTheSamePlaces() {
        counts.write(DONE - 250_000, true);
        counts.write(DONE - 250_000, false);
        List<Plot> plots = counts.with(List.of(new Moment(12.5, "promoted"))).plots("failover async", "the kill");

        assertThat(plots).map(Plot::title).containsExactly("failover async: writes");
        Plot plot = plots.get(0);
        assertThat(plot.series()).map(Series::name).containsExactly("answered", "failed");
        assertThat(plot.series()).map(Series::style).containsOnly(Style.BARS);
        assertThat(plot.series())
                .allSatisfy(series ->
                        assertThat(series.points()).map(Point::x).containsExactly(-200.0, -100.0, 0.0, 100.0, 200.0));
        assertThat(plot.series().get(1).points().get(0).y()).isEqualTo(1);
        assertThat(plot.marks()).containsExactly(new Mark(12.5, "promoted"));
        assertThat(plot.x().label()).isEqualTo("time since the kill, ms");
    }

    @Test
    void beginsWhereTheLoadDoes() {
        counts.read(DONE, true);
        Timeline timeline = counts.with(List.of(new Moment(-200, "before"), new Moment(0, "kill")));
        assertThat(timeline.fromMillis()).isEqualTo(-50);
        assertThat(timeline.readsAnswered()).containsExactly(1, 0, 0);
        assertThat(timeline.writesFailed()).containsExactly(0, 0, 0);
        assertThat(timeline.moments()).containsExactly(new Moment(0, "kill"));
    }

    @Test
    void aLongOneHasLongerIntervals() {
        assertThat(of(3_600).intervalMillis()).isEqualTo(20_000);
        assertThat(of(3_600).writesAnswered()).hasSize(180);
        assertThat(of(30).writesFailed()).hasSize(300);
        assertThat(of(604_800).readsFailed()).hasSizeBetween(250, 300);
    }

    /** With something to count from its begin on. */
    private static Timeline of(long seconds) {
        Timeline.Counts hours = new Timeline.Counts(0, 0, seconds * 1_000_000);
        hours.write(0, true);
        return hours.with(List.of());
    }

    @Test
    void oneThatEndsBeforeItBeginsIsEmpty() {
        Timeline none = new Timeline.Counts(DONE, DONE, DONE - 1).with(List.of());
        assertThat(none.writesAnswered()).isEmpty();
        assertThat(none.plots("failover async", "the kill")).isEmpty();
    }
}
