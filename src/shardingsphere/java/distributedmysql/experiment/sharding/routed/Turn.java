package distributedmysql.experiment.sharding.routed;

import distributedmysql.report.LatencySummary;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Requests of one kind by one router: so many clients, each of which sends the next when it has its answer (closed model). */
record Turn(String what, double requestsPerSecond, LatencySummary latencyMicros) {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(4);

    /** One request. */
    interface Request {
        void send() throws SQLException;
    }

    /** Blocks. Requests of the warm-up are not timed; one that fails ends the turn. */
    static Turn play(String what, int clients, Request request) throws Exception {
        long steady = System.nanoTime() + WARM_UP.toNanos();
        long end = steady + STEADY.toNanos();
        Histogram all = histogram();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<Histogram>> each = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                each.add(() -> client(request, steady, end));
            }
            for (Future<Histogram> client : threads.invokeAll(each)) {
                all.add(client.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return new Turn(what, all.getTotalCount() / (double) STEADY.toSeconds(), LatencySummary.of(all));
    }

    private static Histogram client(Request request, long steady, long end) throws SQLException {
        Histogram histogram = histogram();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            request.send();
            if (start >= steady) {
                histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            }
        }
        return histogram;
    }

    private static Histogram histogram() {
        return new Histogram(TimeUnit.HOURS.toMicros(1), 3);
    }

    String console() {
        return String.format(
                Locale.ROOT,
                "%-34s%10.0f requests/s, p50 %.2f, p95 %.2f, p99 %.2f ms",
                what,
                requestsPerSecond,
                latencyMicros.p50() / 1e3,
                latencyMicros.p95() / 1e3,
                latencyMicros.p99() / 1e3);
    }
}
