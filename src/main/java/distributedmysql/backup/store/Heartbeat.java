package distributedmysql.backup.store;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes the lease of one backup again and again, until it is stopped. Thread-safe. */
final class Heartbeat implements AutoCloseable {
    private final ObjectStore store;
    private final String name;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "backup-lease");
        thread.setDaemon(true);
        return thread;
    });
    private boolean stopped;

    private Heartbeat(ObjectStore store, String backup, Clock clock) {
        this.store = store;
        this.name = Names.of(backup, Names.LEASE);
        this.clock = clock;
    }

    /** The lease is there when it returns. */
    static Heartbeat start(ObjectStore store, String backup, Clock clock) throws IOException {
        Heartbeat heartbeat = new Heartbeat(store, backup, clock);
        try {
            heartbeat.write();
        } catch (IOException e) {
            heartbeat.stop();
            throw e;
        }
        long millis = Lease.BEAT.toMillis();
        heartbeat.timer.scheduleWithFixedDelay(heartbeat::beat, millis, millis, TimeUnit.MILLISECONDS);
        return heartbeat;
    }

    private synchronized void beat() {
        try {
            if (!stopped) {
                write();
            }
        } catch (IOException e) {
            // The writer of the objects meets the same, and says it.
        }
    }

    private void write() throws IOException {
        try (Upload upload = store.create(name)) {
            upload.write(Lease.ours(clock.instant()).bytes());
            upload.complete();
        }
    }

    /** No lease is written afterwards; the last one stays. */
    synchronized void stop() {
        stopped = true;
        timer.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }
}
