package distributedmysql.topology.replicator;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A client that shares nothing with the framework's load: it writes numbers one after the other, and keeps its own list of those that
 * were acknowledged, with the time.
 */
final class OwnClient implements AutoCloseable {
    static final String TABLE = "own_client.numbers";

    record Acknowledgement(int number, long nanos) {}

    private final Supplier<Node> target;
    private final Thread thread = new Thread(this::run, "own client");
    private final List<Acknowledgement> acknowledged = new ArrayList<>();
    private volatile boolean ending;
    private int next;
    private final AtomicInteger failures = new AtomicInteger();

    /** @param target where each number goes */
    OwnClient(Supplier<Node> target, int firstNumber) {
        this.target = target;
        this.next = firstNumber;
        thread.setDaemon(true);
    }

    static void makeTable(ReplicaSet group) {
        Mysql.execute(group.primary(), "CREATE DATABASE IF NOT EXISTS own_client");
        Mysql.execute(group.primary(), "DROP TABLE IF EXISTS " + TABLE);
        Mysql.execute(group.primary(), "CREATE TABLE " + TABLE + " (number INT NOT NULL PRIMARY KEY)");
    }

    static Set<Integer> numbers(Node node) {
        Set<Integer> numbers = new HashSet<>();
        Mysql.texts(node, "SELECT number FROM " + TABLE).forEach(number -> numbers.add(Integer.valueOf(number)));
        return numbers;
    }

    OwnClient start() {
        thread.start();
        return this;
    }

    synchronized List<Acknowledgement> acknowledged() {
        return List.copyOf(acknowledged);
    }

    synchronized int count() {
        return acknowledged.size();
    }

    private void run() {
        while (!ending) {
            Node node = target.get();
            try (Connection connection = node.connect(Map.of("connectTimeout", "2000", "socketTimeout", "60000"));
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?)")) {
                while (!ending && node.equals(target.get())) {
                    // A number is never tried twice: nobody knows what became of one without an answer.
                    insert.setInt(1, next++);
                    insert.executeUpdate();
                    add();
                    // A member that joins again must be able to catch up.
                    pause();
                }
            } catch (SQLException e) {
                // The next number goes over a new connection.
                failures.incrementAndGet();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void add() {
        acknowledged.add(new Acknowledgement(next - 1, System.nanoTime()));
    }

    @Override
    public String toString() {
        return count() + " acknowledged, " + failures + " failed";
    }

    /** Returns when it writes no more. */
    void end() throws InterruptedException {
        ending = true;
        thread.join();
    }

    @Override
    public void close() {
        ending = true;
    }
}
