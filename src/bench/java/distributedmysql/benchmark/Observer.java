package distributedmysql.benchmark;

import distributedmysql.mysql.Node;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads, the same for every generator, what both sides of a load do: the server's count of requests and the operating
 * system's accounts of both processes.
 */
final class Observer implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement count;
    private final long serverPid;

    Observer(Node server, Workload workload) throws SQLException {
        connection = server.connect();
        count = connection.prepareStatement("SHOW GLOBAL STATUS LIKE '" + workload.counter() + "'");
        serverPid = server.control().orElseThrow().pid().orElseThrow();
    }

    /** Requests that the server has executed so far. */
    long requests() {
        try (ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(2);
        } catch (SQLException e) {
            throw new BenchmarkException("cannot read the server's counts", e);
        }
    }

    /** One reading at the begin of the load and one after each further second. */
    List<Reading> readings(long beginNanos, int seconds, long clientPid) throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (int second = 0; second <= seconds; second++) {
            awaitNanoTime(beginNanos + TimeUnit.SECONDS.toNanos(second));
            long requests = requests();
            long nanos = System.nanoTime();
            ProcessReading client = ProcessReading.of(clientPid);
            readings.add(new Reading(
                    nanos,
                    requests,
                    client.cpuMicros(),
                    ProcessReading.of(serverPid).cpuMicros(),
                    client.peakResidentBytes()));
        }
        return readings;
    }

    private static void awaitNanoTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new BenchmarkException("interrupted");
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
