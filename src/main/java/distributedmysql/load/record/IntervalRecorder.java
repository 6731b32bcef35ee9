package distributedmysql.load.record;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.AtomicHistogram;

/**
 * Records throughput and latency of a steady load for each interval of it. Its memory is taken at once and does not
 * grow: about 20 KiB for each interval. Thread-safe and wait-free.
 */
public final class IntervalRecorder {
    /**
     * What began in one interval.
     *
     * @param seconds from the begin of the steady load to the begin of the interval
     * @param qps requests that succeeded, per second
     * @param failed requests
     * @param latency of those that succeeded, in microseconds, to 1 %
     */
    public record Interval(double seconds, double qps, long failed, AbstractHistogram latency) {}

    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    private final long intervalNanos;
    /** The first and the last are for what is outside of all intervals. */
    private final AtomicHistogram[] latencies;

    private final AtomicLongArray failed;

    /** Only whole intervals count; what is left over at the end of the duration does not. */
    public IntervalRecorder(Duration duration, Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.latencies = new AtomicHistogram[(int) duration.dividedBy(interval) + 2];
        this.failed = new AtomicLongArray(latencies.length);
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = new AtomicHistogram(HIGHEST_MICROS, 2);
        }
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
                .mapToObj(i -> new Interval(
                        (i - 1) * intervalNanos / 1e9,
                        latencies[i].getTotalCount() * 1e9 / intervalNanos,
                        failed.get(i),
                        latencies[i]))
                .toList();
    }
}
