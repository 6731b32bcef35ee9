package distributedmysql.load;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts failures by SQLState and code, and keeps the first of each. Thread-safe. */
final class FailureCounts {
    /** Failures that are equal by {@link SqlFailure#key()}. */
    record Entry(SqlFailure first, LongAdder count) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    void add(SqlFailure failure) {
        entries.computeIfAbsent(failure.key(), key -> new Entry(failure, new LongAdder()))
                .count
                .increment();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The most frequent first. */
    List<StepMeasurement.Failures> counts() {
        return entries.values().stream()
                .map(entry -> new StepMeasurement.Failures(entry.first, entry.count.sum()))
                .sorted(Comparator.comparingLong(StepMeasurement.Failures::count)
                        .reversed()
                        .thenComparing(failures -> failures.first().key()))
                .toList();
    }
}
