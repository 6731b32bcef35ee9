package distributedmysql.benchmark;

import distributedmysql.config.BenchmarkSettings;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.mysql.NamedNode;
import distributedmysql.mysql.Node;
import distributedmysql.shard.Distribution;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it costs to find the server of a key, as each routed request does: the shard by the present map, and its primary at present. No
 * server is asked. In this JVM, after all strategies have been called often enough to be compiled; so the compiler knows that there are
 * several, where a run has one.
 */
final class RoutingCost {
    private static final int WARM_UPS = 5;
    private static final long SEED = 1;
    private static final long GREATEST_KEY = 1_000_000_000;

    private final BenchmarkSettings.Routing settings;
    private final Consumer<String> progress;

    /** What was measured. */
    record Result(int shards, int points, int keys, List<Cost> strategies) {
        String text() {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%nrouting by key: shards = %d, points = %d, keys = %,d: ns per key, median [least most]%n",
                    shards,
                    points,
                    keys));
            strategies.forEach(cost -> text.append(String.format(
                    Locale.ROOT,
                    "%-8s %6.1f [%.1f %.1f]%n",
                    cost.strategy,
                    cost.nanos.median(),
                    cost.nanos.min(),
                    cost.nanos.max())));
            return text.toString();
        }
    }

    /** @param nanos per key, of the repetitions */
    record Cost(String strategy, Spread nanos) {}

    private record Routed(Strategy strategy, Shards shards, long onFirst, List<Double> nanos) {}

    RoutingCost(BenchmarkSettings.Routing settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** @throws BenchmarkException if keys were not routed as the strategy says */
    Result measure(int repetitions) {
        long[] keys = new SplittableRandom(SEED)
                .longs(settings.keys(), 1, GREATEST_KEY + 1)
                .toArray();
        List<Routed> all = Stream.of(Strategy.values())
                .map(strategy -> routed(strategy, keys))
                .toList();
        for (int turn = 0; turn < WARM_UPS; turn++) {
            all.forEach(routed -> nanos(routed, keys));
        }
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Routed routed : all) {
                routed.nanos.add(nanos(routed, keys));
                progress.accept(String.format(
                        Locale.ROOT,
                        "routing, repetition %d, %s: %.1f ns per key",
                        repetition,
                        routed.strategy.label(),
                        routed.nanos.get(repetition - 1)));
            }
        }
        return new Result(
                settings.shards(),
                settings.points(),
                settings.keys(),
                all.stream()
                        .map(routed -> new Cost(routed.strategy.label(), Spread.of(routed.nanos)))
                        .toList());
    }

    private Routed routed(Strategy strategy, long[] keys) {
        ShardStrategy used = ShardStrategy.of(strategy, settings.shards(), settings.points(), SEED, keys);
        List<ReplicaSet> sets = IntStream.range(0, settings.shards())
                .mapToObj(shard -> new ReplicaSet(NamedNode.of(Shards.name(shard)), List.of()))
                .toList();
        return new Routed(
                strategy,
                new Shards(sets, new ShardMap(1, used)),
                Distribution.of(used, keys).keys().get(0),
                new ArrayList<>());
    }

    /** Per key. What is found is counted, so that the compiler cannot leave the search out. */
    @SuppressWarnings("ReferenceEquality") // The very node.
    private static double nanos(Routed routed, long[] keys) {
        Shards shards = routed.shards;
        Node first = shards.all().get(0).primary();
        long found = 0;
        long start = System.nanoTime();
        for (long key : keys) {
            found += shards.of(key).primary() == first ? 1 : 0;
        }
        double nanos = System.nanoTime() - start;
        if (found != routed.onFirst) {
            throw new BenchmarkException("routing by " + routed.strategy.label() + " found " + found
                    + " keys on the first shard, where " + routed.onFirst + " are");
        }
        return nanos / keys.length;
    }
}
