package distributedmysql.monitor.table;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Threads that write to the primary until they are closed, no faster than the replica can follow. An error in one of
 * them fails the test at the end.
 */
final class PrimaryWriters implements AutoCloseable {
    private static final int WRITES_AHEAD = 100;

    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private final int writesAhead;
    private volatile boolean stop;

    /**
     * @param statement the next statement, autocommitted
     */
    PrimaryWriters(ComparedTables tables, int count, Function<ThreadLocalRandom, String> statement) {
        this(tables, count, WRITES_AHEAD, statement);
    }

    /**
     * @param writesAhead after how many statements of all threads one waits for the replica
     */
    PrimaryWriters(ComparedTables tables, int count, int writesAhead, Function<ThreadLocalRandom, String> statement) {
        this.writesAhead = writesAhead;
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                write(tables, statement);
                return null;
            }));
        }
    }

    private void write(ComparedTables tables, Function<ThreadLocalRandom, String> next) throws Exception {
        try (Connection connection = tables.connectToPrimary();
                Statement statement = connection.createStatement()) {
            while (!stop) {
                statement.execute(next.apply(ThreadLocalRandom.current()));
                if (written.incrementAndGet() % writesAhead == 0) {
                    tables.awaitReplica();
                }
            }
        }
    }

    long written() {
        return written.get();
    }

    @Override
    public void close() {
        stop = true;
        threads.shutdown();
        for (Future<?> each : running) {
            try {
                each.get(1, TimeUnit.MINUTES);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("a writer failed, or did not end within 1 minute", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
