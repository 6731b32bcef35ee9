package distributedmysql.experiment.writeconflicts;

import java.util.Comparator;

/**
 * A row that clients of all members increment.
 *
 * @param keys how many such rows there are in its turn
 * @param id from 0
 */
record Counter(int keys, int id) implements Comparable<Counter> {
    private static final Comparator<Counter> ORDER =
            Comparator.comparingInt(Counter::keys).thenComparingInt(Counter::id);

    @Override
    public int compareTo(Counter other) {
        return ORDER.compare(this, other);
    }

    /** For instance {@code counter 7 of 10}. */
    @Override
    public String toString() {
        return "counter " + id + " of " + keys;
    }
}
