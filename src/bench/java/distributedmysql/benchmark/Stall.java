package distributedmysql.benchmark;

import distributedmysql.mysql.ServerControl;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Stops a server once, for a while, at a time to come: a thread of its own does it. */
final class Stall implements AutoCloseable {
    // Between two of the observer's readings, which a stopped server would not answer.
    private static final long AFTER_FULL_SECOND_MILLIS = 200;

    private final ServerControl server;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> resumed;

    private Stall(ServerControl server, long delayNanos, int millis) {
        this.server = server;
        executor.schedule(server::pause, delayNanos, TimeUnit.NANOSECONDS);
        this.resumed = executor.schedule(
                server::resume, delayNanos + TimeUnit.MILLISECONDS.toNanos(millis), TimeUnit.NANOSECONDS);
    }

    /** In the middle of the measured window of a load that began then. */
    static Stall during(LoadPlan plan, long beginNanos, ServerControl server) {
        long middle = TimeUnit.SECONDS.toNanos(plan.warmUpSeconds() + plan.steadySeconds() / 2)
                + TimeUnit.MILLISECONDS.toNanos(AFTER_FULL_SECOND_MILLIS);
        return new Stall(server, beginNanos + middle - System.nanoTime(), plan.stallMillis());
    }

    /** Whether the server has been stopped and goes on. */
    boolean isOver() {
        return resumed.isDone();
    }

    /** The server goes on, if it was stopped. */
    @Override
    public void close() {
        executor.shutdownNow();
        server.resume();
    }
}
