package distributedmysql.experiment.writeconflicts;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What clients were told of their increments, by counter. Thread-safe. */
final class Increments {
    /**
     * Of one counter.
     *
     * @param unknown may be there or not
     */
    record Told(long acknowledged, long unknown) {
        static final Told NONE = new Told(0, 0);
    }

    private record Sums(LongAdder acknowledged, LongAdder unknown) {}

    private final Map<Counter, Sums> sums = new ConcurrentHashMap<>();
    private final LongAdder notApplied = new LongAdder();

    void ended(Counter counter, IncrementEnding ending) {
        Sums own = sums.computeIfAbsent(counter, any -> new Sums(new LongAdder(), new LongAdder()));
        switch (ending) {
            case ACKNOWLEDGED -> own.acknowledged.increment();
            case UNKNOWN -> own.unknown.increment();
            case CONFLICT, DEADLOCK, FAILED -> notApplied.increment();
        }
    }

    /** Of all counters that anybody has tried to increment. */
    Map<Counter, Told> told() {
        Map<Counter, Told> told = new TreeMap<>();
        sums.forEach((counter, own) -> told.put(counter, new Told(own.acknowledged.sum(), own.unknown.sum())));
        return told;
    }

    /** Which are certainly not there: rolled back, or failed otherwise. */
    long notApplied() {
        return notApplied.sum();
    }
}
