package distributedmysql.experiment.sharding.transfers;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of one client: one to the primary of each shard, and one more for decisions, because a session that has prepared may do
 * nothing else before it commits where {@code xa_detach_on_prepare} is off or unknown (before MySQL 8.0.29). Each is opened when it is
 * needed first. Used by one thread, except {@link #abort}.
 */
final class ClientSessions implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    /** Where {@link Decisions} are written. */
    private static final int FOR_DECISIONS = -1;

    private final Shards shards;
    private final String database;
    private final Map<Integer, Mysql> open = new ConcurrentHashMap<>();
    private volatile boolean dead;

    /** @param database without quotes */
    ClientSessions(Shards shards, String database) {
        this.shards = shards;
        this.database = database;
    }

    /** @throws TopologyException if there is none within 20 s, or {@link #abort} was called */
    Mysql at(Account account) {
        return alive(open.computeIfAbsent(account.shard(), this::connect));
    }

    /** As {@link #at}. */
    Mysql forDecisions() {
        return alive(open.computeIfAbsent(FOR_DECISIONS, any -> connect(Decisions.SHARD)));
    }

    /** One that was opened while its client was killed must not be used. */
    private Mysql alive(Mysql session) {
        if (dead) {
            session.abort();
            throw new TopologyException("the client is dead");
        }
        return session;
    }

    private Mysql connect(int shard) {
        return Await.of(Shards.name(shard) + ": a client's connection to the primary", CONNECT)
                .whileRunGoesOn()
                .success(() -> connect(shards.all().get(shard).primary()));
    }

    private Mysql connect(Node primary) {
        try {
            Mysql session = Mysql.over(primary.connectForLoad(Map.of()));
            session.use(database);
            // Neither server sees that two transfers wait for each other on different ones, and the dead keep their
            // locks.
            session.execute("SET SESSION innodb_lock_wait_timeout = 1");
            return session;
        } catch (SQLException e) {
            throw Mysql.failure(primary, "connect a client", e);
        }
    }

    /** As a process that is killed: nothing more is sent, and the connections break. */
    void abort() {
        dead = true;
        open.values().forEach(Mysql::abort);
    }

    /** Ends it as a process that has done its work. */
    @Override
    public void close() {
        dead = true;
        open.values().forEach(Mysql::close);
    }

    boolean isDead() {
        return dead;
    }
}
