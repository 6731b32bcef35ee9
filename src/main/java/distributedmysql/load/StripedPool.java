package distributedmysql.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import distributedmysql.mysql.CapWaits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One pool made of several. HikariCP (7.1.0) opens one connection after the other and pauses for 30 ms after each: 500 in
 * one pool take 16 s, during which most users of a closed load would wait. Thread-safe.
 */
final class StripedPool implements AutoCloseable {
    private static final int LARGEST = 25;

    private record Pool(HikariDataSource connections, Semaphore free) {}

    private final Behind behind;
    private final StatementLimits limits;
    private final CapWaits waits;
    private final int size;
    private final long timeoutMillis;
    private final Semaphore free;
    private final List<Pool> pools = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** @param config of all together; its sizes are divided among them */
    StripedPool(HikariConfig config, Behind behind, StatementLimits limits, CapWaits waits) {
        this.behind = behind;
        this.limits = limits;
        this.waits = waits;
        size = config.getMaximumPoolSize();
        int count = (size + LARGEST - 1) / LARGEST;
        timeoutMillis = config.getConnectionTimeout();
        free = new Semaphore(size, true);
        for (int i = 0; i < count; i++) {
            int part = size * (i + 1) / count - size * i / count;
            HikariConfig one = new HikariConfig();
            config.copyStateTo(one);
            one.setPoolName(config.getPoolName() + ", " + (i + 1) + " of " + count);
            one.setMaximumPoolSize(part);
            one.setMinimumIdle((config.getMinimumIdle() + count - 1) / count);
            pools.add(new Pool(new HikariDataSource(one), new Semaphore(part)));
        }
    }

    /**
     * Waits for one that is free, and where it has to be opened for that.
     *
     * @throws SQLException with the state {@link SqlFailure#RATE_CAP} if there was none in time because of the cap
     */
    HeldConnection take() throws SQLException {
        CapWaits.Mark begin = waits.mark();
        if (!acquired()) {
            throw waits.keptAll(begin, size)
                    ? ofCap(null)
                    : new SQLTransientConnectionException("all connections are in use");
        }
        Pool pool = withRoom();
        CapWaits.Mark since = waits.mark();
        try {
            Connection taken = pool.connections.getConnection();
            HeldConnection held = new HeldConnection(taken, behind.of(taken), connection -> {
                limits.forget(connection);
                release(pool);
            });
            limits.watch(held);
            waits.had(since);
            return held;
        } catch (SQLException e) {
            release(pool);
            // There was room for it, so it had to be opened.
            throw SqlFailure.whileConnecting(e).isPoolTimeout() && waits.keptOne(since) ? ofCap(e) : e;
        } catch (RuntimeException e) {
            release(pool);
            throw e;
        }
    }

    private SQLException ofCap(SQLException e) {
        return SqlFailure.rateCap(waits.toString()).asException(e);
    }

    private boolean acquired() throws SQLException {
        try {
            return free.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection");
        }
    }

    /** There is one: no more connections are in use than there is room for in all pools together. */
    private Pool withRoom() {
        while (true) {
            Pool pool = pools.get(Math.floorMod(turn.getAndIncrement(), pools.size()));
            if (pool.free.tryAcquire()) {
                return pool;
            }
        }
    }

    private void release(Pool pool) {
        pool.free.release();
        free.release();
    }

    /** Closes the connections that nobody uses; the least number of them is opened again. */
    void closeIdle() {
        pools.forEach(pool -> pool.connections.getHikariPoolMXBean().softEvictConnections());
    }

    @Override
    public void close() {
        SideBySide.each(pools, "closing of connections", pool -> pool.connections.close());
    }
}
