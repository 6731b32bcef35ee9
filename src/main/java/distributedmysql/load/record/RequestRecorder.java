package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import distributedmysql.load.FailureCounts;
import distributedmysql.load.SqlFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;

/**
 * The requests of one name in one stage: those that count, and the others. Latencies in microseconds, to 1 %. Takes about
 * 40 KiB, and does not grow. Thread-safe and wait-free.
 */
final class RequestRecorder {
    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;
    private static final int MOST_KINDS = 20;
    private static final Comparator<Kind> BY_COUNT =
            Comparator.comparingLong(Kind::all).reversed().thenComparing(kind -> kind.first.key());

    /** The first is of what counts. */
    private final AtomicHistogram[] latencies = {
        new AtomicHistogram(HIGHEST_MICROS, 2), new AtomicHistogram(HIGHEST_MICROS, 2)
    };

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> missing = new ConcurrentHashMap<>();
    private final AtomicLong lastEnd = new AtomicLong(System.nanoTime());

    private static final class Kind {
        final SqlFailure first;
        final LongAdder[] counts = {new LongAdder(), new LongAdder()};

        Kind(SqlFailure first) {
            this.first = first;
        }

        long counted() {
            return counts[0].sum();
        }

        long all() {
            return counts[0].sum() + counts[1].sum();
        }
    }

    /**
     * @param index 0 if it counts, else 1
     * @param end of {@link System#nanoTime()}
     */
    void succeeded(int index, long micros, long end) {
        latencies[index].recordValue(Math.min(micros, HIGHEST_MICROS));
        // Of two that end at once either may be the last: it is for a rate.
        lastEnd.lazySet(end);
    }

    void failed(int index, SqlFailure failure) {
        kinds.computeIfAbsent(kind(failure), key -> new Kind(failure))
                .counts[index]
                .increment();
        lastEnd.lazySet(System.nanoTime());
    }

    void partial(int index, List<String> missingShards) {
        if (index == 0) {
            missingShards.forEach(shard ->
                    missing.computeIfAbsent(shard, name -> new LongAdder()).increment());
        }
    }

    /** What is no server's error is told apart by its message, unless there are too many of these. */
    private String kind(SqlFailure failure) {
        String key = failure.key();
        return failure.code() > 0 || kinds.size() >= MOST_KINDS ? key : key + " " + failure.firstLine();
    }

    long lastEnd() {
        return lastEnd.get();
    }

    /** All of its requests, whether they count or not. */
    FailedRequests.Requests all(String stage, String name) {
        List<FailedRequests.Failure> failures = kinds.values().stream()
                .sorted(BY_COUNT)
                .map(kind -> new FailedRequests.Failure(
                        kind.first.sqlState(), kind.first.code(), kind.all(), kind.first.firstLine()))
                .toList();
        long failed = failures.stream().mapToLong(FailedRequests.Failure::count).sum();
        long succeeded = latencies[0].getTotalCount() + latencies[1].getTotalCount();
        return new FailedRequests.Requests(stage, name, succeeded + failed, failed, failures);
    }

    private Map<String, Long> missing() {
        Map<String, Long> counts = new TreeMap<>();
        missing.forEach((shard, count) -> counts.put(shard, count.sum()));
        return counts;
    }

    /** Those that count. */
    StageMeasurement.NamedRequests measured(String name) {
        List<FailureCounts.Failures> failures = kinds.values().stream()
                .filter(kind -> kind.counted() > 0)
                .sorted(BY_COUNT)
                .map(kind -> new FailureCounts.Failures(kind.first, kind.counted()))
                .toList();
        // A copy: after Ctrl-C the load still runs.
        return new StageMeasurement.NamedRequests(name, latencies[0].copy(), failures, missing());
    }
}
