package distributedmysql.load.record;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;

/**
 * Records throughput and latency of a steady load for each interval of it. Its memory is taken at once and does not
 * grow: about 20 KiB for each interval, or 4 KiB where it is {@linkplain #ofStage coarse}. Thread-safe and wait-free.
 */
public final class IntervalRecorder {
    /**
     * What began in one interval.
     *
     * @param seconds from the begin of the steady load to the begin of the interval
     * @param qps requests that succeeded, per second
     * @param failed requests
     * @param latency of those that succeeded, in microseconds, to 1 %, or to 6 % where it is coarse
     */
    public record Interval(double seconds, double qps, long failed, AbstractHistogram latency) {}

    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;
    private static final int MOST_OF_STAGE = 60;
    private static final List<Duration> LENGTHS = Stream.of(100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 30_000L)
            .map(Duration::ofMillis)
            .toList();

    private final long intervalNanos;
    /** The first and the last are for what is outside of all intervals. */
    private final AtomicHistogram[] latencies;

    private final AtomicLongArray failed;
    private final boolean coarse;

    /** Only whole intervals count; what is left over at the end of the duration does not. */
    public IntervalRecorder(Duration duration, Duration interval) {
        this(duration, interval, 2);
    }

    private IntervalRecorder(Duration duration, Duration interval, int digits) {
        this.coarse = digits == 1;
        this.intervalNanos = interval.toNanos();
        this.latencies = new AtomicHistogram[(int) duration.dividedBy(interval) + 2];
        this.failed = new AtomicLongArray(latencies.length);
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = new AtomicHistogram(HIGHEST_MICROS, digits);
        }
    }

    /** For pictures of a stage: at most 60 intervals, of a tenth of a second or a longer round time. */
    public static IntervalRecorder ofStage(Duration steady) {
        Duration interval = LENGTHS.stream()
                .filter(length -> steady.dividedBy(length) <= MOST_OF_STAGE)
                .findFirst()
                .orElse(Duration.ofMinutes(steady.dividedBy(Duration.ofMinutes(MOST_OF_STAGE)) + 1));
        return new IntervalRecorder(steady, interval, 1);
    }

    /** @param sinceNanos from the begin of the steady load to the start of the request; what is outside does not count */
    void succeeded(long sinceNanos, long latencyMicros) {
        latencies[index(sinceNanos)].recordValue(Math.min(latencyMicros, HIGHEST_MICROS));
    }

    void failed(long sinceNanos) {
        failed.incrementAndGet(index(sinceNanos));
    }

    /** 0 before the first interval, 1 in it; without a branch, for the reason that {@link StageRecorder} has. */
    private int index(long sinceNanos) {
        // Of integers, the JVM computes the lesser without one; not of longs (JDK 17).
        int interval = (int) ((sinceNanos + intervalNanos) / intervalNanos);
        return Math.max(0, Math.min(interval, latencies.length - 1));
    }

    /** All intervals; to be called after the load. */
    public List<Interval> intervals() {
        return IntStream.range(1, latencies.length - 1)
                .mapToObj(i -> interval(i, latencies[i]))
                .toList();
    }

    /** A copy of those that have passed, for pictures; empty where the intervals are somebody's own, who tells of them. */
    List<Interval> ofStage(double seconds) {
        return coarse
                ? IntStream.range(1, latencies.length - 1)
                        .takeWhile(i -> i * intervalNanos <= seconds * 1e9)
                        .mapToObj(i -> interval(i, latencies[i].copy()))
                        .toList()
                : List.of();
    }

    private Interval interval(int index, AbstractHistogram latency) {
        return new Interval(
                (index - 1) * intervalNanos / 1e9,
                latency.getTotalCount() * 1e9 / intervalNanos,
                failed.get(index),
                latency);
    }
}
