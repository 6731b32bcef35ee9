package distributedmysql.experiment.backup;

import distributedmysql.report.LatencyLines;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The pictures of backups: what the users noticed, and what took how long. */
final class BackupPlots {
    private BackupPlots() {}

    static List<Plot> of(BackupSection section) {
        List<Plot> plots = new ArrayList<>();
        if (section.timeline() != null) {
            plots.addAll(section.timeline().plots("Backups under load", "the load began"));
        }
        LatencyLines.distributions(
                        "What backups cost the users",
                        "Latency of the mixed load in each phase. How far a line lies above that of before is the price of that "
                                + "backup.",
                        section.cost(),
                        Cost::phase,
                        cost -> cost.load() == null ? null : cost.load().latencyMicros())
                .ifPresent(plots::add);
        LatencyLines.distributions(
                        "Time between acknowledged writes",
                        "How long it took from one acknowledged write to the next. A line that rises steeply at its end is a "
                                + "stall: no write was acknowledged for that long.",
                        section.cost(),
                        Cost::phase,
                        cost -> cost.writes() == null
                                ? null
                                : cost.writes().stalls().gapMicros())
                .ifPresent(plots::add);
        List<FullFigures> made =
                section.fulls().stream().filter(full -> full.stored() != null).toList();
        steps("Backups: time by step", made, full -> full.stored().steps(), plots);
        List<FullFigures> restored =
                section.fulls().stream().filter(full -> full.restored() != null).toList();
        steps("Restores: time by step", restored, full -> full.restored().steps(), plots);
        return plots;
    }

    private static void steps(
            String title, List<FullFigures> fulls, Function<FullFigures, List<Took>> steps, List<Plot> plots) {
        Set<String> names = new LinkedHashSet<>();
        fulls.forEach(full -> steps.apply(full).forEach(took -> names.add(took.step())));
        if (names.isEmpty()) {
            return;
        }
        plots.add(new Plot(
                title,
                "What took how long, one bar for each: "
                        + IntStream.range(0, fulls.size())
                                .mapToObj(i -> (i + 1) + " is " + name(fulls.get(i)))
                                .collect(Collectors.joining(", "))
                        + ".",
                Axis.linear("backup"),
                Axis.linear("time, s"),
                names.stream()
                        .map(name -> new Series(name, Style.BARS, bars(name, fulls, steps)))
                        .toList(),
                List.of()));
    }

    private static String name(FullFigures full) {
        return full.strategy() + " of " + full.node();
    }

    /** All steps at the same places, so that they are stacked. */
    private static List<Point> bars(String step, List<FullFigures> fulls, Function<FullFigures, List<Took>> steps) {
        return IntStream.range(0, fulls.size())
                .mapToObj(i -> Point.of(
                        i + 1,
                        Took.seconds(steps.apply(fulls.get(i)).stream()
                                .filter(took -> took.step().equals(step))
                                .toList())))
                .toList();
    }
}
