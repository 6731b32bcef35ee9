package distributedmysql.load;

import com.mysql.cj.MysqlConnection;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.AtomicHistogram;

/**
 * A closed load of as many users as connections, each of which sends one request after the other, through pools of their
 * own, as several instances of an application have them. The pools are filled first, as far as the server lets them.
 * Used once, by one thread.
 */
public final class ConnectionStep implements ObservedConnections.Observer {
    private static final Duration FILL_DEADLINE = Duration.ofSeconds(30);
    private static final Duration END_DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration STANDSTILL = Duration.ofMillis(200);
    /** HikariCP (7.1.0) pauses for 30 ms after each connection that a pool opens: 500 in one pool take 16 s. */
    private static final int LARGEST_POOL = 50;

    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1000;

    /** One request. */
    public interface Request {
        void send(Connection connection) throws SQLException;
    }

    private final Node node;
    private final int connections;
    private final Request request;
    private final String database;
    private final ConnectionSettings settings;
    private final CapWaits waits;
    private final AtomicHistogram connect = new AtomicHistogram(HIGHEST_MICROS, 3);
    private final AtomicHistogram latency = new AtomicHistogram(HIGHEST_MICROS, 3);
    private final AtomicHistogram poolWait = new AtomicHistogram(HIGHEST_MICROS, 3);
    private final Set<Long> sessions = ConcurrentHashMap.newKeySet();
    private final FailureCounts refusals = new FailureCounts();
    private final FailureCounts failures = new FailureCounts();
    private volatile boolean closing;

    /** @param connections of the pool, and users */
    public ConnectionStep(Node node, String database, ConnectionSettings settings, int connections, Request request) {
        this.node = node;
        this.database = database;
        this.settings = settings;
        this.waits = node.cap().waits();
        this.connections = connections;
        this.request = request;
    }

    private HikariDataSource pool(int size) {
        HikariConfig config = NodePool.hikariConfig(node, database, settings, waits);
        config.setPoolName(node.name() + ", " + size + " of " + Plural.of(connections, "connection"));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setDataSource(new ObservedConnections(
                config.getJdbcUrl(), config.getDataSourceProperties(), waits, this, Duration.ZERO));
        return new HikariDataSource(config);
    }

    /**
     * Returns when the load has ended and its connections are closed by the client; the server may take a moment more.
     *
     * @param warmUp not counted
     * @param steady counted
     */
    public StepMeasurement run(Duration warmUp, Duration steady) {
        List<HikariDataSource> pools = new ArrayList<>();
        try {
            for (int left = connections; left > 0; left -= LARGEST_POOL) {
                pools.add(pool(Math.min(left, LARGEST_POOL)));
            }
            int opened = fill(pools);
            long from = System.nanoTime() + warmUp.toNanos();
            long to = from + steady.toNanos();
            List<Thread> users = new ArrayList<>();
            for (int user = 0; user < connections; user++) {
                HikariDataSource pool = pools.get(user / LARGEST_POOL);
                Thread thread = new Thread(() -> use(pool, from, to), node.name() + " user " + user);
                thread.setDaemon(true);
                users.add(thread);
            }
            users.forEach(Thread::start);
            join(users, Deadline.after(Duration.ofNanos(to - System.nanoTime()).plus(END_DEADLINE)));
            closing = true;
            return new StepMeasurement(
                    connections,
                    opened,
                    connect,
                    refusals.counts(),
                    latency,
                    poolWait,
                    failures.counts(),
                    steady.toNanos() / 1e9,
                    node.cap().use(from, to));
        } finally {
            closing = true;
            SideBySide.each(pools, "closing of connections", HikariDataSource::close);
        }
    }

    /** The server's identifiers of all connections that were opened. */
    public Set<Long> sessions() {
        return Set.copyOf(sessions);
    }

    /** Until the pools are full or, after a failed attempt, no more is opened; how many are open then. */
    private int fill(List<HikariDataSource> pools) {
        Duration most = FILL_DEADLINE.plusNanos(node.cap().nanosFor((long) connections * RateCap.CONNECTING));
        AtomicInteger opened = new AtomicInteger();
        AtomicReference<Deadline> standstill = new AtomicReference<>(Deadline.after(STANDSTILL));
        Await.of(node + ": " + Plural.of(connections, "connection"), most)
                .every(PAUSE)
                .reached(() -> {
                    int now = opened(pools);
                    if (now != opened.getAndSet(now) || refusals.isEmpty()) {
                        standstill.set(Deadline.after(STANDSTILL));
                    }
                    return now >= connections || standstill.get().hasPassed();
                });
        return opened.get();
    }

    private static int opened(List<HikariDataSource> pools) {
        // A pool has no bean until it has begun to fill.
        return pools.stream()
                .map(HikariDataSource::getHikariPoolMXBean)
                .filter(Objects::nonNull)
                .mapToInt(HikariPoolMXBean::getTotalConnections)
                .sum();
    }

    /** At least one request, also if this thread begins only when the time is over, as it may on a busy machine. */
    private void use(HikariDataSource pool, long from, long to) {
        long start = System.nanoTime();
        do {
            send(pool, start, start >= from);
            start = System.nanoTime();
        } while (start < to);
    }

    private void send(HikariDataSource pool, long start, boolean counted) {
        long had;
        CapWaits.Mark since = waits.mark();
        try (Connection connection = pool.getConnection()) {
            had = System.nanoTime();
            try {
                request.send(connection);
            } catch (SQLException e) {
                count(counted, SqlFailure.whileExecuting(e));
                return;
            }
        } catch (SQLException e) {
            SqlFailure failure = SqlFailure.whileConnecting(e);
            boolean ofCap = failure.isPoolTimeout() && waits.keptOne(since);
            count(counted, ofCap ? SqlFailure.rateCap(waits.toString()) : failure);
            return;
        }
        if (counted) {
            latency.recordValue(micros(System.nanoTime() - start));
            poolWait.recordValue(micros(had - start));
        }
    }

    private void count(boolean counted, SqlFailure failure) {
        if (counted) {
            failures.add(failure);
        }
    }

    private static void join(List<Thread> users, Deadline deadline) {
        try {
            for (Thread user : users) {
                deadline.join(user);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void opened(Connection connection, long nanos) throws SQLException {
        sessions.add(connection.unwrap(MysqlConnection.class).getId());
        connect.recordValue(micros(nanos));
    }

    @Override
    public void failed(SQLException reason) {
        if (!closing) {
            refusals.add(SqlFailure.whileConnecting(reason));
        }
    }

    private static long micros(long nanos) {
        return Math.min(nanos / 1000, HIGHEST_MICROS);
    }
}
