package distributedmysql.backup;

import distributedmysql.load.data.ProbeTable;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Writers that insert numbered rows, one in a transaction, and remember which transaction each was. */
final class NumberedWrites implements AutoCloseable {
    static final String TABLE = "backup_it.writes";

    private final Map<Gtid, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<SQLException> failed = new ArrayList<>();
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private volatile boolean ending;

    private NumberedWrites() {}

    /** To a table that it makes. */
    static NumberedWrites start(Supplier<Node> primary, int writers) {
        Mysql.execute(primary.get(), "CREATE DATABASE IF NOT EXISTS backup_it");
        Mysql.execute(
                primary.get(),
                "CREATE TABLE IF NOT EXISTS " + TABLE + " (id BIGINT PRIMARY KEY, note VARCHAR(60) NOT NULL)");
        NumberedWrites writes = new NumberedWrites();
        for (int i = 0; i < writers; i++) {
            Thread thread = new Thread(() -> writes.write(primary), "writer " + i);
            writes.threads.add(thread);
            thread.start();
        }
        return writes;
    }

    private void write(Supplier<Node> primary) {
        try (Connection connection = primary.get().connect(Map.of("trackSessionState", "true"));
                Statement track = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
            track.execute("SET SESSION session_track_gtids = OWN_GTID");
            while (!ending) {
                gate.readLock().lock();
                try {
                    long id = next.getAndIncrement();
                    insert.setLong(1, id);
                    insert.setString(2, "note of " + id);
                    insert.executeUpdate();
                    acknowledged.put(Gtid.parse(ProbeTable.lastGtid(connection).orElseThrow()), id);
                } finally {
                    gate.readLock().unlock();
                }
            }
        } catch (SQLException e) {
            synchronized (failed) {
                failed.add(e);
            }
        }
    }

    /** Returns when nobody writes; until {@link #resume} by the same thread. */
    void pause() {
        gate.writeLock().lock();
    }

    void resume() {
        gate.writeLock().unlock();
    }

    long count() {
        return acknowledged.size();
    }

    /** Transactions so far, in the order of their numbers. */
    List<Gtid> gtids() {
        SortedMap<Long, Gtid> sorted = new TreeMap<>();
        acknowledged.keySet().forEach(gtid -> sorted.put(gtid.number(), gtid));
        return List.copyOf(sorted.values());
    }

    /** The rows that a server with exactly these transactions has. */
    TreeSet<Long> idsIn(GtidSet set) {
        return acknowledged.entrySet().stream()
                .filter(write -> set.contains(write.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a server has any. */
    static boolean areOn(Node node) {
        return Mysql.text(node, "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'backup_it'")
                        .equals("1")
                && !idsOn(node).isEmpty();
    }

    /** The rows that a server has. */
    static TreeSet<Long> idsOn(Node node) {
        return Mysql.texts(node, "SELECT id FROM " + TABLE + " WHERE note = CONCAT('note of ', id)").stream()
                .map(Long::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ends the writers. */
    @Override
    public void close() throws SQLException {
        ending = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SQLException e : failed) {
            throw e;
        }
    }
}
