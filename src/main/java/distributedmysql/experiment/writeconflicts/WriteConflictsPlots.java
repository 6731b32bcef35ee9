package distributedmysql.experiment.writeconflicts;

import distributedmysql.config.Plural;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What conflicts cost by the number of counters, as pictures and as metrics. */
final class WriteConflictsPlots {
    private static final Axis COUNTERS = Axis.logarithmic("counters that the clients share");

    private WriteConflictsPlots() {}

    static List<Plot> of(List<Turn> turns) {
        if (turns.isEmpty()) {
            return List.of();
        }
        List<Turn> sorted =
                turns.stream().sorted(Comparator.comparingInt(Turn::keys)).toList();
        List<Plot> plots = new ArrayList<>();
        plots.add(new Plot(
                "Write conflicts: increments",
                "Acknowledged increments of all members. The fewer counters there are, the more often two members change the "
                        + "same one.",
                COUNTERS,
                Axis.linear("increments/s"),
                List.of(Series.line("acknowledged", sorted, Turn::keys, Turn::transactionsPerSecond)),
                List.of()));
        if (sorted.stream().anyMatch(turn -> turn.rolledBackShare() != null)) {
            plots.add(new Plot(
                    "Write conflicts: rolled back",
                    "How many transactions were rolled back at their commit, because another member had changed the counter. "
                            + "In 95 of 100 cases the true share is within the band.",
                    COUNTERS,
                    Axis.linear("rolled back, %"),
                    List.of(Series.line(
                            "rolled back",
                            sorted.stream()
                                    .map(turn -> Point.percent(turn.keys(), turn.rolledBackShare(), turn.ci95()))
                                    .toList())),
                    List.of()));
        }
        return plots;
    }

    static List<Metric> metrics(List<Turn> turns) {
        return turns.stream()
                .filter(turn -> turn.transactionsPerSecond() > 0)
                .map(turn -> Metric.perSecond(
                        "write conflicts, " + Plural.of(turn.keys(), "counter") + ": increments",
                        turn.transactionsPerSecond()))
                .toList();
    }
}
