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
record Demand(String part, String key, List<Item> items) {
    /** @param what in words, with its setting */
    record Item(String what, double number) {}

    /** Rounded up. */
    long sum() {
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
