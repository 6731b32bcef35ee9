package distributedmysql.load;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts failures by SQLState and code, and keeps the first of each. Thread-safe and wait-free. */
public final class FailureCounts {
    /** Failures that are equal by {@link SqlFailure#key()}. */
    public record Failures(SqlFailure first, long count) {}

    private record Entry(SqlFailure first, LongAdder count) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    public void add(SqlFailure failure) {
        entries.computeIfAbsent(failure.key(), key -> new Entry(failure, new LongAdder()))
                .count
                .increment();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The most frequent first. */
    public List<Failures> counts() {
        return entries.values().stream()
                .map(entry -> new Failures(entry.first, entry.count.sum()))
                .sorted(Comparator.comparingLong(Failures::count)
                        .reversed()
                        .thenComparing(failures -> failures.first().key()))
                .toList();
    }
}
