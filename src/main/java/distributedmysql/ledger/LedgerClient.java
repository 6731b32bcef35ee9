package distributedmysql.ledger;

import distributedmysql.gatling.Attempt;
import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.NodePool;
import distributedmysql.load.Route;
import distributedmysql.load.data.ProbeTable;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbered writes and reads of them as Gatling actions, each on a thread of its own, so that one that waits holds up no
 * other. It records and judges nothing, and never repeats a write. Thread-safe.
 */
final class LedgerClient implements AutoCloseable {
    /** A reader sees so many of the newest ids: more than are written while a replica lags a little. */
    private static final int NEWEST = 500;

    /**
     * @param server the {@code server_uuid} of the server that acknowledged a write: behind a proxy's address it may be another
     * @param gtid of the transaction; empty if the server has not told
     */
    private record Acknowledged(String server, String gtid) {
        static final Acknowledged NOT = new Acknowledged("", "");
    }

    private final LedgerTable table;
    private final RunClock clock;
    private final PlannedOutage outage;
    private final boolean group;
    private final Shards shards;
    private final List<Ledger> ledgers;
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final AtomicLong ended = new AtomicLong();
    private final ExecutorService threads = BlockingAction.threads("ledger");

    /** @param shards each has a ledger of its own: a write is in that of its number's shard */
    LedgerClient(LedgerTable table, RunClock clock, PlannedOutage outage, Shards shards) {
        this.table = table;
        this.outage = outage;
        this.clock = clock;
        this.shards = shards;
        // Transactions of a group carry its name instead of a server's.
        this.group = shards.all().get(0).isGroup();
        this.ledgers = shards.all().stream().map(shard -> new Ledger()).toList();
    }

    /** @param shard from 0 on */
    Ledger ledger(int shard) {
        return ledgers.get(shard);
    }

    private Ledger ledgerOf(int id) {
        return ledgers.get(shards.map().shardOf(id));
    }

    /** How many writes and reads have ended. */
    long ended() {
        return ended.get();
    }

    /** To the primary of its number's shard. The user needs its route. */
    ActionBuilder write() {
        return action("ledger write", this::write);
    }

    /** Of the user's replica in one of the shards. The user needs its route. */
    ActionBuilder read() {
        return action("ledger read", this::read);
    }

    private void write(Route route, Requests requests) {
        int id = nextId.getAndIncrement();
        long arrived = System.nanoTime();
        NodePool pool = route.to(Role.PRIMARY, id);
        Attempt<Acknowledged> attempt = Attempt.write(pool, (connection, node) -> insert(connection, id, node));
        tell(requests, "ledger write", arrived, attempt);
        Acknowledged by = attempt.value() == null ? Acknowledged.NOT : attempt.value();
        ledgerOf(id)
                .write(new LedgerWrite(
                        id, clock.micros(arrived), clock.micros(attempt.end()), attempt.ending(), by.server, by.gtid));
    }

    private void read(Route route, Requests requests) {
        int from = Math.max(0, nextId.get() - NEWEST);
        long arrived = System.nanoTime();
        NodePool pool = route.to(Role.REPLICA, from);
        Attempt<BitSet> attempt = Attempt.read(pool, 1, connection -> ids(connection, from));
        tell(requests, "ledger read", arrived, attempt);
        ledgerOf(from)
                .read(
                        new LedgerRead(
                                attempt.node().name(),
                                clock.micros(arrived),
                                clock.micros(attempt.end()),
                                attempt.ending()),
                        attempt.value() == null ? new BitSet() : attempt.value());
    }

    /**
     * Tells Gatling. What fails because it is meant to is no KO, which would mean that something is wrong, but has a name of its
     * own; in the ledger it is what it is.
     */
    private void tell(Requests requests, String name, long arrived, Attempt<?> attempt) {
        boolean planned =
                attempt.failure() != null && outage.when().includes(clock.micros(arrived), clock.micros(attempt.end()));
        if (planned) {
            requests.ended(name + ", failed during the planned " + outage.name(), arrived, attempt.end(), null);
        } else {
            requests.ended(name, arrived, attempt.end(), attempt.failure());
        }
    }

    private Acknowledged insert(Connection connection, int id, Node node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
            statement.setInt(1, id);
            statement.executeUpdate();
            String gtid = ProbeTable.lastGtid(connection).orElse("");
            return new Acknowledged(
                    group || gtid.isEmpty() ? node.serverUuid() : gtid.substring(0, gtid.indexOf(':')), gtid);
        }
    }

    private BitSet ids(Connection connection, int from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.readFrom())) {
            statement.setInt(1, from);
            statement.setInt(2, 2 * NEWEST);
            try (ResultSet rows = statement.executeQuery()) {
                BitSet ids = new BitSet();
                while (rows.next()) {
                    ids.set(rows.getInt(1));
                }
                return ids;
            }
        }
    }

    private interface Request {
        void send(Route route, Requests requests);
    }

    private ActionBuilder action(String name, Request request) {
        BlockingAction factory = new BlockingAction(name, threads, (session, requests) -> {
            try {
                request.send(route(session), requests);
            } finally {
                ended.incrementAndGet();
            }
        });
        return () -> factory;
    }

    private static Route route(Session session) {
        return session.get(ConnectionFeeder.KEY);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
