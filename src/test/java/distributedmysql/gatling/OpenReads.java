package distributedmysql.gatling;

import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Reads of primary and replica in turn, which arrive whether earlier ones are answered or not, recorded as a stage. */
public final class OpenReads implements AutoCloseable {
    private static final int CONNECTIONS = 4;

    private final StageRecorder stage;
    private final long gapNanos;
    private final List<BlockingQueue<Long>> arrived = List.of(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    private final List<Connection> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    public OpenReads(ReplicaSet replicaSet, StageRecorder stage, int perSecond) throws SQLException {
        this.stage = stage;
        this.gapNanos = 1_000_000_000L / perSecond;
        List<Node> nodes = List.of(replicaSet.primary(), replicaSet.replicas().get(0));
        for (int i = 0; i < nodes.size(); i++) {
            BlockingQueue<Long> queue = arrived.get(i);
            Node node = nodes.get(i);
            Role role = replicaSet.roleOf(node);
            for (int j = 0; j < CONNECTIONS; j++) {
                Connection connection = node.connect();
                connections.add(connection);
                threads.add(new Thread(() -> answer(node, connection, role, queue), "reads of " + role.label()));
            }
        }
        threads.add(new Thread(this::arrive, "arrivals"));
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    private void arrive() {
        long next = System.nanoTime();
        for (int i = 0; !closed; i++) {
            // May return early.
            while (next - System.nanoTime() > 0 && !closed) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            stage.begin(next);
            arrived.get(i % 2).add(next);
            next += gapNanos;
        }
    }

    private void answer(Node node, Connection connection, Role role, BlockingQueue<Long> queue) {
        try (Statement statement = connection.createStatement()) {
            while (!closed) {
                long start = queue.take();
                statement.execute("SELECT 1");
                stage.executed(node, "SELECT 1", true);
                stage.succeeded("a", role, start, 0, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            if (!closed) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
