package distributedmysql.load.record;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;

/** Latencies and errors of the requests to servers of one role. Thread-safe. */
final class RoleRecorder {
    static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    final AtomicHistogram latency = new AtomicHistogram(HIGHEST_MICROS, 3);
    final AtomicHistogram poolWait = new AtomicHistogram(HIGHEST_MICROS, 3);
    final LongAdder errors = new LongAdder();

    static long micros(long nanos) {
        return Math.min(nanos / 1000, HIGHEST_MICROS);
    }

    StageMeasurement.Requests measured() {
        // A copy: after Ctrl-C the load still runs.
        return new StageMeasurement.Requests(latency.copy(), errors.sum());
    }
}
