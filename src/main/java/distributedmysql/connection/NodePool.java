package distributedmysql.connection;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.topology.Node;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections to one node and the threads that use them: as many threads as connections, so that a thread never
 * waits for a connection longer than its opening takes, and no statement ever blocks one of Gatling's event loops.
 * Thread-safe.
 */
public final class NodePool implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final Node node;
    private final long timeoutNanos;
    private final SideBySidePools connections;
    private final ThreadPoolExecutor workers;

    NodePool(Node node, String database, ConnectionSettings settings) {
        this.node = node;
        this.timeoutNanos = settings.poolTimeout().toNanos();
        this.connections = new SideBySidePools(hikariConfig(node, database, settings));
        IdleFirst waiting = new IdleFirst();
        this.workers = new ThreadPoolExecutor(
                0,
                settings.poolSize(),
                10,
                TimeUnit.SECONDS,
                waiting,
                threads(node),
                // Every thread is busy: the next that is free takes it.
                (work, executor) -> {
                    if (executor.isShutdown()) {
                        throw new RejectedExecutionException(node + ": the pool is closed");
                    }
                    waiting.add(work);
                });
    }

    /** The configuration of the pool, also for an engine that opens a pool of its own. */
    public static HikariConfig hikariConfig(Node node, String database, ConnectionSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(node.name());
        config.setJdbcUrl("jdbc:mysql://" + node.address() + "/" + database);
        config.setUsername(node.load().user());
        config.setPassword(node.load().password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(settings.poolSize(), 10));
        config.setConnectionTimeout(settings.poolTimeout().toMillis());
        // The servers were there a moment ago; a node that dies now is counted in errors, not thrown at start-up.
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(node.readOnly());
        Properties properties = ConnectorProperties.of(settings);
        properties.putAll(node.tls().trustStore());
        config.setDataSourceProperties(properties);
        return config;
    }

    public Node node() {
        return node;
    }

    /** How long work may wait for its turn before it should give up. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /**
     * Runs work that blocks on one of the pool's threads.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close()}
     */
    public void execute(Runnable work) {
        workers.execute(work);
    }

    /** A connection with auto-commit on; closing it gives it back. Waits {@code connection.pool-timeout} at most. */
    public HeldConnection take() throws SQLException {
        return connections.take();
    }

    /**
     * Opens connections for a load of so many users, which would wait for them else. Returns when so many are open, or
     * after {@code connection.pool-timeout}; whoever needs one that could not be opened learns why.
     */
    public void open(int count) {
        CountDownLatch taken = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            workers.execute(() -> hold(taken));
        }
        await(taken);
    }

    private void hold(CountDownLatch taken) {
        try {
            HeldConnection connection = take();
            taken.countDown();
            await(taken);
            connection.close();
        } catch (SQLException e) {
            taken.countDown();
        }
    }

    private void await(CountDownLatch taken) {
        try {
            taken.await(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the connections that nobody uses; the least number of them is opened again. */
    void closeIdle() {
        connections.closeIdle();
    }

    /** Whether {@link #close()} has begun. */
    public boolean isClosed() {
        return workers.isShutdown();
    }

    /** Drops what still waits, gives running statements a few seconds, then closes every connection. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
    }

    /** An executor asks its queue first: it takes the work only if a thread waits for it, else a thread is started. */
    private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }

        @Override
        public boolean add(Runnable work) {
            return super.offer(work);
        }
    }

    private static ThreadFactory threads(Node node) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, node.name() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
