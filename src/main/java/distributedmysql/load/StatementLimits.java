package distributedmysql.load;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Ends the statements of one pool that take longer than they may, with {@code KILL QUERY} over a connection of its own,
 * opened for that. A server that does not take it is left to the socket's time-out. Thread-safe.
 */
final class StatementLimits implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 20;

    private final Set<HeldConnection> held = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread;

    /** @param pool its name */
    StatementLimits(String pool) {
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread watch = new Thread(work, pool + " statement limits");
            watch.setDaemon(true);
            return watch;
        });
        thread.scheduleWithFixedDelay(this::check, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(HeldConnection connection) {
        held.add(connection);
    }

    void forget(HeldConnection connection) {
        held.remove(connection);
    }

    private void check() {
        held.stream()
                .filter(connection -> connection.isOverdue(INTERVAL_MILLIS))
                .collect(Collectors.groupingBy(HeldConnection::node))
                .forEach(StatementLimits::end);
    }

    private static void end(Node node, List<HeldConnection> overdue) {
        try (Mysql session = Mysql.open(node.address(), node.load(), node.tls(), Mysql.SHORT)) {
            for (HeldConnection one : overdue) {
                one.endStatement(session);
            }
        } catch (SQLException e) {
            // It is tried again, until the statement ends or the socket's time-out passes.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
