package distributedmysql.report;

import distributedmysql.load.record.StagePlan;
import distributedmysql.report.LatencyLines.Percentiles;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The pictures of the stages. Those that differ only in their rate or their number of users are one kind. */
final class StagePlots {
    private static final Pattern HOW_MUCH = Pattern.compile(",? (\\d+(/s| connections?)?)$");
    private static final Axis TIME = Axis.linear("time since the steady state began, s");

    private StagePlots() {}

    static List<Plot> of(List<Stage> stages) {
        Map<String, List<Stage>> kinds = new LinkedHashMap<>();
        stages.forEach(stage -> kinds.computeIfAbsent(
                        HOW_MUCH.matcher(stage.name()).replaceFirst(""), kind -> new ArrayList<>())
                .add(stage));
        List<Plot> plots = new ArrayList<>();
        kinds.forEach((kind, ofKind) -> {
            byRate(kind, ofKind, plots);
            distribution(kind, ofKind, plots);
            rates(kind, ofKind, plots);
            ofKind.forEach(stage -> latencies(stage, plots));
        });
        return plots;
    }

    private static void byRate(String kind, List<Stage> stages, List<Plot> plots) {
        List<Stage> open = stages.stream()
                .filter(stage -> stage.model() == StagePlan.Model.OPEN && stage.targetQps() != null)
                .sorted(Comparator.comparing(Stage::targetQps))
                .toList();
        List<Series> series = LatencyLines.of(open, Stage::targetQps, stage -> Percentiles.of(stage.latencyMicros()));
        if (open.size() > 1 && !series.isEmpty()) {
            plots.add(new Plot(
                    kind + ": latency by rate",
                    "What a request costs at each rate. Where the lines bend upwards, requests begin to wait for each other.",
                    Axis.linear("rate asked for, requests/s"),
                    LatencyLines.AXIS,
                    series,
                    List.of()));
        }
    }

    private static void distribution(String kind, List<Stage> stages, List<Plot> plots) {
        List<Series> series = stages.stream()
                .filter(stage -> stage.distribution() != null)
                .map(stage -> Series.line(
                        howMuch(stage),
                        stage.distribution(),
                        PercentilePoint::percentile,
                        each -> LatencyLines.millis(each.micros())))
                .toList();
        if (!series.isEmpty()) {
            plots.add(new Plot(
                    kind + ": latency distribution",
                    "How long the slowest requests took: at 99, one request in 100 took at least as long as the line says. A "
                            + "line ends where there were too few requests to go on.",
                    LatencyLines.PERCENTILES,
                    LatencyLines.AXIS,
                    series,
                    List.of()));
        }
    }

    private static void rates(String kind, List<Stage> stages, List<Plot> plots) {
        List<Series> series = stages.stream()
                .filter(stage -> stage.intervals() != null)
                .map(stage ->
                        Series.line(howMuch(stage), stage.intervals(), StageInterval::seconds, StageInterval::qps))
                .toList();
        if (!series.isEmpty()) {
            plots.add(new Plot(
                    kind + ": rate over time",
                    "Requests that succeeded, by when they began. A steady load is a level line; a dip is a stall.",
                    TIME,
                    Axis.linear("requests/s"),
                    series,
                    List.of()));
        }
    }

    private static void latencies(Stage stage, List<Plot> plots) {
        if (stage.intervals() == null) {
            return;
        }
        List<Series> series = LatencyLines.of(
                stage.intervals(), StageInterval::seconds, each -> new Percentiles(each.p50(), each.p95(), each.p99()));
        if (!series.isEmpty()) {
            plots.add(new Plot(
                    stage.name() + ": latency over time",
                    "Of the requests that began in each interval; a gap is an interval in which none succeeded.",
                    TIME,
                    LatencyLines.AXIS,
                    series,
                    List.of()));
        }
    }

    /** {@code 200/s} of {@code select 200/s}; the whole name where it ends otherwise. */
    private static String howMuch(Stage stage) {
        return HOW_MUCH.matcher(stage.name())
                .results()
                .findFirst()
                .map(end -> end.group(1))
                .orElse(stage.name());
    }
}
