package distributedmysql.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.AtomicHistogram;

/**
 * Records throughput and latency of a steady load for each interval of it. Its memory is taken at once and does not
 * grow: about 20 KiB for each interval. Thread-safe and wait-free.
 */
public final class IntervalRecorder {
    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    private final long intervalNanos;
    private final AtomicHistogram[] latencies;
    private final AtomicLongArray failed;

    /** Only whole intervals count; what is left over at the end of the duration does not. */
    public IntervalRecorder(Duration duration, Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.latencies = new AtomicHistogram[(int) duration.dividedBy(interval)];
        this.failed = new AtomicLongArray(latencies.length);
        for (int i = 0; i < latencies.length; i++) {
            latencies[i] = new AtomicHistogram(HIGHEST_MICROS, 2);
        }
    }

    /** @param sinceNanos from the begin of the steady load to the start of the request */
    void succeeded(long sinceNanos, long latencyMicros) {
        int interval = (int) (sinceNanos / intervalNanos);
        if (interval < latencies.length) {
            latencies[interval].recordValue(Math.min(latencyMicros, HIGHEST_MICROS));
        }
    }

    void failed(long sinceNanos) {
        int interval = (int) (sinceNanos / intervalNanos);
        if (interval < latencies.length) {
            failed.incrementAndGet(interval);
        }
    }

    /** All intervals; to be called after the load. */
    public List<SoakInterval> intervals() {
        List<SoakInterval> intervals = new ArrayList<>();
        for (int i = 0; i < latencies.length; i++) {
            AtomicHistogram latency = latencies[i];
            boolean any = latency.getTotalCount() > 0;
            intervals.add(new SoakInterval(
                    i * intervalNanos / 1e9,
                    latency.getTotalCount() * 1e9 / intervalNanos,
                    failed.get(i),
                    any ? latency.getValueAtPercentile(50) : null,
                    any ? latency.getValueAtPercentile(95) : null,
                    any ? latency.getValueAtPercentile(99) : null));
        }
        return intervals;
    }
}
