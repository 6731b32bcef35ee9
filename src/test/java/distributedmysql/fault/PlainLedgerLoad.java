package distributedmysql.fault;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerTable;
import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes and reads the ledger with plain threads and JDBC, as the measured load will, and records what it is told. */
public final class PlainLedgerLoad implements AutoCloseable {
    static final String DATABASE = "failover_it";
    private static final int OVERLAP = 500;

    private final ReplicaSet replicaSet;
    private final RunClock clock;
    private final String timeout;
    private final Ledger ledger = new Ledger();
    private final LedgerTable table = new LedgerTable(DATABASE);
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    public PlainLedgerLoad(ReplicaSet replicaSet, RunClock clock, long timeoutMillis) {
        this.replicaSet = replicaSet;
        this.clock = clock;
        this.timeout = Long.toString(timeoutMillis);
        Mysql.execute(replicaSet.primary(), "CREATE DATABASE IF NOT EXISTS " + DATABASE);
        table.create(replicaSet.primary());
        Replication.awaitConvergence(replicaSet, Servers.DEADLINE);
    }

    public Ledger ledger() {
        return ledger;
    }

    public LedgerTable table() {
        return table;
    }

    public int acknowledged() {
        return acknowledged.get();
    }

    public int nextId() {
        return nextId.get();
    }

    /** One after the other, to the present primary. */
    public void write(int count) {
        try (Session session = new Session()) {
            for (int i = 0; i < count; i++) {
                session.write(replicaSet.primary());
            }
        }
    }

    public void start(int writers, int readers) {
        for (int i = 0; i < writers; i++) {
            run(session -> session.write(replicaSet.primary()));
        }
        for (int i = 0; i < readers; i++) {
            run(session -> session.read(
                    replicaSet.replicas().isEmpty()
                            ? replicaSet.primary()
                            : replicaSet.replicas().get(0)));
        }
    }

    public void awaitAcknowledged(int more) {
        int wanted = acknowledged.get() + more;
        Servers.await(
                more + " more acknowledged writes", () -> acknowledged.get() >= wanted, () -> acknowledged.get() + "");
    }

    /** Records what is on every node that the replica set counts as live. */
    public void recordPresent() {
        Replication.awaitConvergence(replicaSet, Servers.DEADLINE);
        ledger.present(replicaSet.primary().name(), table.ids(replicaSet.primary()));
        replicaSet.replicas().forEach(node -> ledger.present(node.name(), table.ids(node)));
    }

    @Override
    public void close() {
        end();
    }

    /** Returns when no thread writes or reads any more. */
    public void end() {
        ending = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(90));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Step {
        void on(Session session);
    }

    private void run(Step step) {
        Thread thread = new Thread(
                () -> {
                    try (Session session = new Session()) {
                        while (!ending) {
                            step.on(session);
                            pause();
                        }
                    }
                },
                "ledger load");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Completion ending(SqlFailure failure) {
        return new Completion(failure.outcome(), failure.sqlState(), failure.code());
    }

    /** One connection, to whichever node was asked last. */
    private final class Session implements AutoCloseable {
        private Connection connection;
        private Node connected;
        private int lastSeen;

        void write(Node node) {
            int id = nextId.getAndIncrement();
            long invoked = clock.micros();
            Completion ending = connect(node);
            if (ending.isOk()) {
                try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
                    insert.setInt(1, id);
                    insert.executeUpdate();
                } catch (SQLException e) {
                    ending = ending(SqlFailure.whileExecuting(e));
                    close();
                }
            }
            ledger.write(new LedgerWrite(id, invoked, clock.micros(), ending, ending.isOk() ? node.serverUuid() : ""));
            if (ending.isOk()) {
                acknowledged.incrementAndGet();
            }
        }

        void read(Node node) {
            BitSet ids = new BitSet();
            long invoked = clock.micros();
            Completion ending = connect(node);
            if (ending.isOk()) {
                try (PreparedStatement read = connection.prepareStatement(table.readFrom())) {
                    read.setInt(1, Math.max(0, lastSeen - OVERLAP));
                    read.setInt(2, 2 * OVERLAP);
                    try (ResultSet rows = read.executeQuery()) {
                        while (rows.next()) {
                            ids.set(rows.getInt(1));
                        }
                    }
                } catch (SQLException e) {
                    ending = ending(SqlFailure.whileExecuting(e));
                    close();
                }
            }
            lastSeen = Math.max(lastSeen, ids.length() - 1);
            ledger.read(new LedgerRead(node.name(), invoked, clock.micros(), ending), ids);
        }

        private Completion connect(Node node) {
            if (connection != null && node.equals(connected)) {
                return Completion.OK;
            }
            close();
            try {
                connection = node.connect(Map.of("connectTimeout", timeout, "socketTimeout", timeout));
                connected = node;
                return Completion.OK;
            } catch (SQLException e) {
                return ending(SqlFailure.whileConnecting(e));
            }
        }

        @Override
        public void close() {
            if (connection != null) {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException e) {
                    // Broken already: there is nothing to end.
                    connected = null;
                }
            }
            connection = null;
        }
    }
}
