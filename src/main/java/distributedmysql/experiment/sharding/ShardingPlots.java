package distributedmysql.experiment.sharding;

import distributedmysql.experiment.sharding.resharding.ReshardingSection.Added;
import distributedmysql.experiment.sharding.routed.RoutedSection;
import distributedmysql.experiment.sharding.search.Prediction;
import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.report.LatencyLines;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pictures of keys on shards, and of what was played on several of them. */
final class ShardingPlots {
    private ShardingPlots() {}

    static List<Plot> of(ShardingSection section) {
        List<Plot> plots = new ArrayList<>();
        Map<String, List<Spread>> byKeys = new LinkedHashMap<>();
        section.spreads()
                .forEach(spread -> byKeys.computeIfAbsent(spread.ids(), ids -> new ArrayList<>())
                        .add(spread));
        byKeys.forEach((ids, spreads) -> plots.add(keys(ids, spreads)));
        if (section.routed() != null) {
            routed(section.routed(), plots);
        }
        if (section.search() != null) {
            search(section.search().scatter(), plots);
        }
        if (section.resharding() != null) {
            for (Added round : section.resharding().rounds()) {
                plots.addAll(round.timeline()
                        .plots("Resharding, round " + round.round() + " (" + round.strategy() + ")", "it began"));
            }
        }
        return plots;
    }

    private static Plot keys(String ids, List<Spread> spreads) {
        return new Plot(
                "Keys by shard: " + ids,
                "The share of the keys that each shard gets by each strategy, computed. Level is fair.",
                Axis.linear("shard"),
                Axis.linear("keys, %"),
                spreads.stream()
                        .map(spread -> new Series(spread.strategy(), Style.POINTS, shares(spread.keys())))
                        .toList(),
                List.of());
    }

    private static List<Point> shares(List<Long> keys) {
        long all = keys.stream().mapToLong(Long::longValue).sum();
        return IntStream.range(0, keys.size())
                .mapToObj(i -> Point.of(i + 1, all == 0 ? null : Double.valueOf(100.0 * keys.get(i) / all)))
                .toList();
    }

    private static void routed(RoutedSection routed, List<Plot> plots) {
        LatencyLines.distributions(
                        "Save and load by shard",
                        "How long saves and loads took on all shards, on each, and with the same load on one server. A shard "
                                + "above the others has more to do.",
                        routed.turns(),
                        turn -> turn.where(),
                        turn -> turn.latencyMicros())
                .ifPresent(plots::add);
    }

    private static void search(Scatter scatter, List<Plot> plots) {
        if (scatter.latencyMicros() == null) {
            return;
        }
        List<Series> series = new ArrayList<>();
        series.add(LatencyLines.byPercentile("measured", scatter.latencyMicros()));
        if (scatter.predictedMicros() != null) {
            series.add(Series.line("predicted from the shards", predicted(scatter.predictedMicros())));
        }
        scatter.shards().stream()
                .filter(shard -> shard.latencyMicros() != null)
                .forEach(shard -> series.add(LatencyLines.byPercentile(shard.shard(), shard.latencyMicros())));
        plots.add(new Plot(
                "Searches of all shards",
                "A search waits for the slowest shard, so it is slower than each of them. Where it is much slower than "
                        + "predicted, the shards are slow at the same moments, or something beside them is.",
                LatencyLines.PERCENTILES,
                LatencyLines.AXIS,
                series,
                List.of()));
    }

    private static List<Point> predicted(Prediction micros) {
        return List.of(
                Point.of(50, LatencyLines.millis(micros.p50())),
                Point.of(95, LatencyLines.millis(micros.p95())),
                Point.of(99, LatencyLines.millis(micros.p99())));
    }
}
