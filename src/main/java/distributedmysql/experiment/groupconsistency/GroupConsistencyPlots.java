package distributedmysql.experiment.groupconsistency;

import distributedmysql.experiment.groupconsistency.GroupConsistencySection.Fresh;
import distributedmysql.experiment.groupconsistency.GroupConsistencySection.LevelReport;
import distributedmysql.report.LatencyLines;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the levels cost and buy, as pictures and as metrics. */
final class GroupConsistencyPlots {
    private GroupConsistencyPlots() {}

    static List<Plot> of(List<LevelReport> levels) {
        List<Plot> plots = new ArrayList<>();
        cost("What writes cost under each level", levels, LevelReport::writeMicros, plots);
        cost("What reads of secondaries cost under each level", levels, LevelReport::readMicros, plots);
        for (LevelReport level : levels) {
            Map<String, List<Fresh>> bySecondary = level.fresh().stream()
                    .filter(cell -> cell.delayMillis() >= 0)
                    .collect(Collectors.groupingBy(Fresh::secondary, TreeMap::new, Collectors.toList()));
            List<Series> series = bySecondary.entrySet().stream()
                    .map(entry -> Series.line(entry.getKey(), points(entry.getValue())))
                    .filter(Series::hasValue)
                    .toList();
            if (!series.isEmpty()) {
                plots.add(new Plot(
                        "Fresh reads of secondaries under " + level.level(),
                        "How many of the reads that were due this long after the acknowledgement of a write showed it. In 95 of 100 cases "
                                + "the true share is within the band.",
                        Axis.linear("from acknowledgement to read, ms"),
                        Axis.linear("fresh reads, %"),
                        series,
                        List.of()));
            }
        }
        return plots;
    }

    private static void cost(
            String title,
            List<LevelReport> levels,
            Function<LevelReport, @Nullable LatencySummary> micros,
            List<Plot> plots) {
        LatencyLines.distributions(
                        title,
                        "A line above that of the level which the servers have by themselves is the price of the level.",
                        levels,
                        level -> level.level().toString(),
                        micros)
                .ifPresent(plots::add);
    }

    private static List<Point> points(List<Fresh> cells) {
        return cells.stream()
                .sorted(Comparator.comparingDouble(Fresh::delayMillis))
                .map(cell -> Point.percent(cell.delayMillis(), cell.probabilityFresh(), cell.ci95()))
                .toList();
    }

    static List<Metric> metrics(List<LevelReport> levels) {
        return levels.stream()
                .flatMap(level -> Stream.concat(
                        Stream.of(Metric.perSecond(
                                "group consistency, " + level.level() + ": writes", level.writesPerSecond())),
                        Stream.ofNullable(level.writeMicros())
                                .map(micros -> Metric.micros(
                                        "group consistency, " + level.level() + ": write p99", micros.p99()))))
                .filter(metric -> metric.value() > 0)
                .toList();
    }
}
