package distributedmysql.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The most that one part of a run asks for at the same time: requests per second of all servers together, averaged over
 * its load, or connections to one server. A request is what a server counts as a question: a statement, {@code SET} and
 * {@code COMMIT} included.
 *
 * @param key the setting to lower first
 */
public record Demand(String part, String key, List<Item> items) {
    /**
     * Statements of one request of the mixed load: one in 20 is a transaction of three, with a {@code COMMIT} and two
     * {@code SET}.
     */
    static final double MIXED_STATEMENTS = 1.25;

    /** @param what in words, with its setting */
    public record Item(String what, double number) {
        /** @param key of the rate of a mixed load, in requests per second */
        public static Item mixed(String key, int rate) {
            return new Item(key + " (statements each: " + MIXED_STATEMENTS + ")", rate * MIXED_STATEMENTS);
        }
    }

    /** Of a single thing, which is named by its key. */
    public static Demand one(String key, int number) {
        return new Demand(key, key, List.of(new Item(key, number)));
    }

    /** Rounded up. */
    public long sum() {
        // Sums of thirds and the like must not end above the whole number that they are.
        return (long) Math.ceil(items.stream().mapToDouble(Item::number).sum() - 1e-6);
    }

    /** What adds up to it; nothing if that is a single thing. */
    String parts() {
        return items.size() == 1
                ? ""
                : items.stream()
                        .map(item -> item.what + " " + text(item.number))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
