package distributedmysql.experiment.sharding;

import distributedmysql.experiment.sharding.resharding.ReshardingSection.Added;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** By what runs with shards are compared: what was played, and not what was computed, which is the same each time. */
final class ShardingMetrics {
    private ShardingMetrics() {}

    static List<Metric> of(ShardingSection section) {
        List<Metric> metrics = new ArrayList<>();
        if (section.search() != null) {
            latency("sharding: search of all shards", section.search().scatter().latencyMicros(), metrics);
            if (section.search().joins() != null) {
                latency(
                        "sharding: join across shards",
                        section.search().joins().acrossShards().latencyMicros(),
                        metrics);
            }
        }
        if (section.transfers() != null) {
            section.transfers().ways().forEach(way -> {
                metrics.add(Metric.perSecond("sharding: transfers, " + way.way() + ": rate", way.perSecond()));
                latency("sharding: transfers, " + way.way(), way.micros(), metrics);
            });
        }
        if (section.resharding() != null) {
            section.resharding().rounds().stream()
                    .filter(round -> round.problem() == null && round.killed().equals("none"))
                    .collect(Collectors.groupingBy(Added::strategy, TreeMap::new, Collectors.toList()))
                    .forEach((strategy, rounds) -> resharding("sharding: resharding, " + strategy, rounds, metrics));
        }
        return metrics.stream().filter(metric -> metric.value() > 0).toList();
    }

    private static void latency(String name, @Nullable LatencySummary micros, List<Metric> metrics) {
        if (micros != null) {
            metrics.add(Metric.micros(name + ": p50", micros.p50()));
            metrics.add(Metric.micros(name + ": p99", micros.p99()));
        }
    }

    private static void resharding(String name, List<Added> rounds, List<Metric> metrics) {
        mean(rounds, Added::rowsPerSecond)
                .ifPresent(rate -> metrics.add(Metric.perSecond(name + ": rows moved", rate)));
        mean(rounds, Added::errorWindowMillis)
                .ifPresent(millis -> metrics.add(Metric.lower(name + ": error window", "ms", millis)));
    }

    private static OptionalDouble mean(List<Added> rounds, Function<Added, @Nullable Double> figure) {
        return rounds.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
    }
}
