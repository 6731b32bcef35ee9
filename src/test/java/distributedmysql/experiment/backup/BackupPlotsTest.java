package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Timeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupPlotsTest {
    private static final LatencySummary MICROS = new LatencySummary(1, 2, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000);
    private static final Stalls STALLS = new Stalls(MICROS, 100, 1, 250, 250);

    private static FullFigures full(String strategy, Took... steps) {
        return new FullFigures(
                strategy,
                null,
                "node2",
                new FullFigures.Stored("id", Instant.EPOCH, "", 1, 1, 4, 1, List.of(steps)),
                null,
                null);
    }

    private static BackupSection section(List<FullFigures> fulls, List<Cost> cost, Timeline timeline) {
        return new BackupSection(
                fulls, List.of(), List.of(), List.of(), cost, timeline, null, null, List.of(), "interrupted");
    }

    private static Cost cost(String phase) {
        return new Cost(
                phase,
                3,
                3,
                new Cost.OfLoad(0, 100, 0, MICROS, null),
                new Cost.OfWrites(0, 100, 0, MICROS, null, STALLS),
                null);
    }

    @Test
    void stepsAreStackedAndThoseOfTheOtherBackupAreZero() {
        List<FullFigures> fulls = List.of(
                full("clone", new Took("clone", 3, null), new Took("store", 1, null)),
                full("dump", new Took("dump", 2.5, null), new Took("store", 1.5, null)));
        Plot plot = section(fulls, List.of(), null).plots().get(0);
        assertThat(plot.title()).isEqualTo("Backups: time by step");
        assertThat(plot.reading()).contains("1 is clone of node2, 2 is dump of node2");
        assertThat(plot.series()).map(Series::name).containsExactly("clone", "store", "dump");
        assertThat(plot.series().get(0).points()).containsExactly(Point.of(1, 3.0), Point.of(2, 0.0));
        assertThat(plot.series().get(1).points()).containsExactly(Point.of(1, 1.0), Point.of(2, 1.5));
    }

    @Test
    void phasesAreMarksOfTheTimeline() {
        Ledger ledger = new Ledger();
        ledger.write(new LedgerWrite(1, 10_000_000, 10_050_000, Completion.OK, "a"));
        ledger.write(new LedgerWrite(2, 10_400_000, 10_950_000, Completion.OK, "a"));
        Timeline timeline = UnderLoad.timeline(
                List.of(ledger), 10_000_000, 11_000_000, List.of(new Span("clone", 10_200_000, 10_900_000)));
        Plot plot = section(List.of(), List.of(), timeline).plots().get(0);
        assertThat(plot.title()).isEqualTo("Backups under load: writes");
        assertThat(plot.marks()).containsExactly(new Mark(200, "clone"));
        assertThat(plot.series().get(0).points())
                .filteredOn(point -> point.y() > 0)
                .containsExactly(Point.of(50, 1.0), Point.of(950, 1.0));
    }

    @Test
    void eachPhaseIsALine() {
        List<Plot> plots =
                section(List.of(), List.of(cost("before"), cost("clone")), null).plots();
        assertThat(plots)
                .map(Plot::title)
                .containsExactly("What backups cost the users", "Time between acknowledged writes");
        assertThat(plots.get(0).series()).map(Series::name).containsExactly("before", "clone");
        assertThat(plots.get(1).series().get(1).points()).contains(Point.of(99, 3.0), Point.of(99.9, 4.0));
    }

    @Test
    void metricsAreOfTheFirstBackupOfItsKind() {
        List<Metric> metrics = section(List.of(full("clone"), full("clone")), List.of(cost("clone")), null)
                .metrics();
        assertThat(metrics)
                .map(Metric::name)
                .containsExactly(
                        "backup clone: time",
                        "backup, users while clone: p99",
                        "backup, users while clone: longest time without a write");
        assertThat(metrics).map(Metric::value).containsExactly(4.0, 3.0, 250.0);
    }

    @Test
    void anInterruptedOneHasWhatThereIs() {
        FullFigures failed = new FullFigures("clone", null, "node2", null, null, "interrupted");
        Cost ended = new Cost("clone", 3, 0, null, null, null);
        assertThat(section(List.of(failed), List.of(ended), null).plots()).isEmpty();
        assertThat(section(List.of(failed), List.of(ended), null).metrics()).isEmpty();
    }
}
