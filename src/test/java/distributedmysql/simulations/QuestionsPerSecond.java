package distributedmysql.simulations;

import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What servers count as their questions, all together, read twenty times a second over connections of its own. Its own
 * questions do not count, nor does what a server is asked after it has died.
 */
final class QuestionsPerSecond implements AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Server> servers = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "questions");
    private volatile boolean closed;

    /** Between these two times, all were counted. */
    private record Reading(long beginNanos, long endNanos, long questions) {}

    private static final class Server {
        final Connection connection;
        long questions;
        boolean dead;

        Server(Connection connection) {
            this.connection = connection;
        }

        long read(long own) {
            if (!dead) {
                try {
                    questions = questions(connection) - own;
                } catch (SQLException e) {
                    dead = true;
                }
            }
            return questions;
        }
    }

    QuestionsPerSecond(List<Node> nodes) throws SQLException {
        for (Node node : nodes) {
            servers.add(new Server(node.connect()));
        }
        thread.start();
    }

    private void read() {
        while (!closed) {
            long begin = System.nanoTime();
            long sum = 0;
            for (Server server : servers) {
                sum += server.read(readings.size() + 1);
            }
            readings.add(new Reading(begin, System.nanoTime(), sum));
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    private static long questions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** Ends the reading; the most questions of a time of at most one second, wherever it begins. */
    long most() throws InterruptedException {
        closed = true;
        thread.join();
        long most = 0;
        for (int from = 0; from < readings.size(); from++) {
            Reading first = readings.get(from);
            for (int to = from + 1; to < readings.size(); to++) {
                Reading last = readings.get(to);
                if (last.endNanos - first.beginNanos > SECOND_NANOS) {
                    break;
                }
                most = Math.max(most, last.questions - first.questions);
            }
        }
        return most;
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (Server server : servers) {
            server.connection.close();
        }
    }
}
