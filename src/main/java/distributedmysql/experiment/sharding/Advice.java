package distributedmysql.experiment.sharding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which strategy suits which keys, and why: from what was computed, not from rules. */
final class Advice {
    /** One shard may get at most this many times its share of the keys that come next. */
    private static final double HOT = 2;

    /** If the fullest shard keeps more of its share when one is added, the others were not relieved. */
    private static final double RELIEF = 0.95;

    private Advice() {}

    /** @param spreads of one kind of keys */
    static String of(String ids, List<Spread> spreads) {
        Optional<Spread> best = spreads.stream()
                .filter(spread -> whyNot(spread).isEmpty())
                .min(Comparator.comparingDouble(Spread::moved));
        String against = spreads.stream()
                .filter(spread -> best.filter(spread::equals).isEmpty())
                .map(spread -> "; not " + spread.strategy() + ", because "
                        + whyNot(spread).orElseGet(() -> moves(spread)))
                .collect(Collectors.joining());
        return ids + ": "
                + best.map(spread -> spread.strategy() + ", because " + moves(spread))
                        .orElse("none of these")
                + against;
    }

    private static Optional<String> whyNot(Spread spread) {
        if (spread.largestShareOfNext() * spread.keys().size() > HOT) {
            return Optional.of(percent(spread.largestShareOfNext()) + " of the keys that come next go to one shard");
        }
        return spread.largestShareThen() > RELIEF * spread.largestShare()
                ? Optional.of("a shard that is added relieves only one of the others")
                : Optional.empty();
    }

    private static String moves(Spread spread) {
        return percent(spread.moved()) + " of the keys move when a shard is added";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
