package distributedmysql.load;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.SessionSettings;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one node, or through one endpoint to several, and the threads that use them: as many threads as connections, so that a thread never
 * waits for a connection longer than its opening takes, and no statement ever blocks one of Gatling's event loops.
 * Thread-safe.
 */
public final class NodePool implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static final int NO_SHARD = -1;

    private final Behind behind;
    private final int shard;
    private final long timeoutNanos;
    private final long statementMillis;
    private final int size;
    private final CapWaits waits;
    private final StatementLimits limits;
    private final StripedPool connections;
    private final TimedWorkers workers;
    private final ConcurrentLinkedDeque<HeldConnection> ready = new ConcurrentLinkedDeque<>();

    NodePool(Node node, String database, ConnectionSettings settings) {
        this(new Behind.Server(node), database, settings, null);
    }

    /** @param first what every connection sends when it is opened; null for nothing */
    NodePool(Behind behind, String database, ConnectionSettings settings, String first) {
        this(behind, NO_SHARD, database, settings, first);
    }

    /** @param shard the server's, from 0 on, where there are several; otherwise {@link #NO_SHARD} */
    NodePool(Behind behind, int shard, String database, ConnectionSettings settings, String first) {
        this.shard = shard;
        Node node = behind.node();
        this.behind = behind;
        this.timeoutNanos = settings.poolTimeout().toNanos();
        this.statementMillis = settings.statementTimeout().toMillis();
        this.size = settings.poolSize();
        this.waits = node.cap().waits();
        this.limits = new StatementLimits(behind.name());
        HikariConfig config = hikariConfig(node, database, ConnectorProperties.of(settings), settings, waits);
        config.setPoolName(behind.name());
        config.setConnectionInitSql(first);
        behind.connectBy(config, database, waits);
        this.connections = new StripedPool(config, behind, limits, waits);
        this.workers = new TimedWorkers(behind.name(), settings.poolSize());
    }

    /** Whether there are several shards, and its server is of one. */
    public boolean hasShard() {
        return shard != NO_SHARD;
    }

    /** From 0 on. */
    public int shard() {
        return shard;
    }

    /**
     * The configuration of a pool whose user does not watch its statements: the server ends a SELECT that takes longer
     * than {@code connection.statement-timeout}.
     *
     * @param waits of this pool
     */
    public static HikariConfig hikariConfig(Node node, String database, ConnectionSettings settings, CapWaits waits) {
        return hikariConfig(node, database, ConnectorProperties.withServerTimeout(settings), settings, waits);
    }

    private static HikariConfig hikariConfig(
            Node node, String database, Properties properties, ConnectionSettings settings, CapWaits waits) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(node.name());
        config.setJdbcUrl(SessionSettings.url(node.address(), database));
        config.setUsername(node.load().user());
        config.setPassword(node.load().password().text());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(settings.poolSize(), 10));
        config.setConnectionTimeout(settings.poolTimeout().toMillis());
        // The servers were there a moment ago; a node that dies now is counted in errors, not thrown at start-up.
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(node.readOnly());
        properties.putAll(node.tls().trustStore());
        properties.putAll(waits.properties());
        config.setDataSourceProperties(properties);
        return config;
    }

    /** The node; behind an endpoint, one that is right for it at present. Who answered, {@link HeldConnection#node} says. */
    public Node node() {
        return behind.node();
    }

    /** Whether its connections may lead to several servers. */
    public boolean spreads() {
        return behind.spreads();
    }

    /**
     * A server has answered a request, which an endpoint counts.
     *
     * @param from when the request was sent, by {@link System#nanoTime()}; {@code to}: when it was answered
     * @param write whether it was to change anything
     * @param failure null if it was a success; one that is not the server's own word is no answer
     */
    public void answered(HeldConnection connection, long from, long to, boolean write, SqlFailure failure) {
        if (failure == null || failure.code() > 0) {
            behind.answered(connection.node(), from, to, write, failure == null ? 0 : failure.code());
        }
    }

    /** How long work may wait for its turn before it should give up. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** {@code connection.statement-timeout}, for {@link HeldConnection#within}. */
    public long statementMillis() {
        return statementMillis;
    }

    /**
     * Runs work that blocks on one of the pool's threads.
     *
     * @param at when, by {@link System#nanoTime()}; later if all threads are busy then
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close()}
     */
    public void execute(long at, Runnable work) {
        workers.execute(at, work);
    }

    /** The waits of this pool's requests for {@code external.max-rate}. */
    public CapWaits waits() {
        return waits;
    }

    /**
     * Why work that has waited for its turn for too long did not get it.
     *
     * @param since when it began to wait
     */
    public SqlFailure tooLate(CapWaits.Mark since) {
        return waits.keptAll(since, size) ? SqlFailure.rateCap(waits.toString()) : SqlFailure.poolTimeout();
    }

    /**
     * A connection; closing it gives it back. Waits {@code connection.pool-timeout} at most.
     *
     * @throws SQLException with the state {@link SqlFailure#RATE_CAP} if there was none in time because of the cap
     */
    public HeldConnection take() throws SQLException {
        HeldConnection connection = ready.poll();
        while (connection != null && System.nanoTime() - connection.keptAt() > KEPT_NANOS) {
            connection.close();
            connection = ready.poll();
        }
        return connection == null ? connections.take() : connection;
    }

    /**
     * Gives back a connection whose last request succeeded, for whoever needs one next: with its statements, and without
     * a visit to HikariCP's pool. One that nobody has needed for a while goes there, where it is tested before its next use.
     */
    public void keep(HeldConnection connection) {
        connection.kept();
        ready.push(connection);
    }

    /**
     * Opens connections for a load of so many users, which would wait for them else. Returns when so many are open, or
     * after {@code connection.pool-timeout}; whoever needs one that could not be opened learns why.
     */
    public void open(int count) {
        CountDownLatch taken = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            workers.execute(System.nanoTime(), () -> hold(taken));
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
        releaseReady();
        connections.closeIdle();
    }

    private void releaseReady() {
        for (HeldConnection next = ready.poll(); next != null; next = ready.poll()) {
            next.closeQuietly();
        }
    }

    /** Whether {@link #close()} has begun. */
    public boolean isClosed() {
        return workers.isShutdown();
    }

    /** Drops what still waits, gives running statements a few seconds, then closes every connection. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            workers.awaitEnd(TimeUnit.SECONDS.toNanos(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        releaseReady();
        limits.close();
        connections.close();
    }
}
