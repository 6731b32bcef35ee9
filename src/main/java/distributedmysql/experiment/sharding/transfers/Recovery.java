package distributedmysql.experiment.sharding.transfers;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Resolves what clients have left prepared: what was decided to be committed is committed, all else is rolled back (presumed abort).
 *
 * <p>Before MySQL 8.0.29, or with {@code xa_detach_on_prepare = OFF}, no other session can resolve a transaction while the server has not
 * noticed the end of the connection that has prepared it (error 1397); from 8.0.29 on, anybody can at any time
 * (https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_xa_detach_on_prepare), so also while its client lives:
 * that is why a roll-back is {@linkplain Decisions#commits decided} first. Before 5.7.7 a server rolled back by itself what was prepared
 * when its connection ended (https://bugs.mysql.com/bug.php?id=12161). Not thread-safe.
 */
final class Recovery {
    /** ER_XAER_NOTA, ER_XAER_RMFAIL: still attached, or resolved meanwhile. */
    private static final Set<Integer> LOOK_AGAIN = Set.of(1397, 1399);

    /** ER_XA_RBROLLBACK, ER_XA_RBTIMEOUT, ER_XA_RBDEADLOCK: it is rolled back now. */
    private static final Set<Integer> ROLLED_BACK = Set.of(1402, 1613, 1614);

    /** Why nothing is resolved if that {@link #isNeedless}. */
    static final String NEEDLESS =
            "what is prepared is not resolved, because the run is ending and its servers are removed with their data";

    private final Shards shards;
    private final String database;
    private final Set<String> said = new HashSet<>();
    private final Consumer<String> progress;
    private final Set<Integer> committed = new TreeSet<>();
    private final Set<Integer> rolledBack = new TreeSet<>();
    private int branches;

    /**
     * What it did.
     *
     * @param micros from its start until no server had anything prepared
     * @param branches that were prepared, each on one shard
     * @param committed transfers of which something was
     * @param rolledBack transfers that were
     */
    record Result(long micros, int branches, int committed, int rolledBack) {}

    /**
     * @param database without quotes
     * @param progress takes a line for the console
     */
    Recovery(Shards shards, String database, Consumer<String> progress) {
        this.shards = shards;
        this.database = database;
        this.progress = progress;
    }

    /** Whether the servers are removed now, with all that is prepared there. */
    static boolean isNeedless(Shards shards) {
        return Ending.hasBegun() && shards.nodes().stream().allMatch(Node::isOurs);
    }

    /**
     * Returns when nothing is prepared on any primary. An interrupt does not end it, because it cleans up.
     *
     * @throws TopologyException if that does not come about before the deadline, the account lacks {@code XA_RECOVER_ADMIN}, or it
     *     {@linkplain #isNeedless becomes needless}
     */
    Result resolve(Duration deadline) {
        long start = System.nanoTime();
        Await.of("prepared transfers to be committed or rolled back", deadline)
                .uninterruptibly()
                .untilNo(this::look);
        return new Result((System.nanoTime() - start) / 1_000, branches, committed.size(), rolledBack.size());
    }

    /**
     * Rolls back what an earlier run has left, which would lock the tables that are to be dropped. No client of this run may have begun.
     *
     * @throws TopologyException as {@link #resolve}
     */
    void discard(Duration deadline) {
        Await.of("a look at every shard for what an earlier run may have left prepared", deadline)
                .untilNo(() -> resolve((session, xid) -> false));
    }

    private interface Decision {
        boolean commits(Mysql session, Xid xid) throws SQLException;
    }

    private Optional<String> look() {
        Decisions decisions = new Decisions(database);
        return resolve((session, xid) -> decisions.commits(session, xid.number()));
    }

    /** Whatever was prepared is looked for once more, so that nothing that came meanwhile is left. */
    private Optional<String> resolve(Decision decision) {
        if (isNeedless(shards)) {
            throw new TopologyException(NEEDLESS);
        }
        List<String> left = new ArrayList<>();
        for (int shard = 0; shard < shards.all().size(); shard++) {
            Node primary = shards.all().get(shard).primary();
            try {
                int found = resolve(primary, decision);
                if (found > 0) {
                    left.add(Plural.of(found, "prepared transaction") + " on " + Shards.name(shard));
                }
            } catch (TopologyException e) {
                if (!e.mayPass()) {
                    throw e;
                }
                left.add(e.getMessage());
            }
        }
        // Whoever waits says every 10 s what is left.
        left.stream().filter(said::add).forEach(line -> progress.accept("transfers: recovery: " + line));
        return left.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", left));
    }

    private int resolve(Node primary, Decision decision) {
        List<Xid> prepared =
                Mysql.ask(primary, "list its prepared transactions", session -> Prepared.transfers(session, database));
        if (!prepared.isEmpty()) {
            Node decider = shards.all().get(Decisions.SHARD).primary();
            Mysql.run(primary, "resolve its prepared transactions", session -> {
                try (Mysql decisions = Mysql.open(decider)) {
                    for (Xid xid : prepared) {
                        resolve(session, xid, decision.commits(decisions, xid));
                    }
                }
            });
        }
        return prepared.size();
    }

    private void resolve(Mysql session, Xid xid, boolean commits) throws SQLException {
        try {
            session.execute((commits ? "XA COMMIT " : "XA ROLLBACK ") + xid.sql());
        } catch (SQLException e) {
            if (LOOK_AGAIN.contains(e.getErrorCode())) {
                return;
            }
            if (commits || !ROLLED_BACK.contains(e.getErrorCode())) {
                throw e;
            }
        }
        branches++;
        (commits ? committed : rolledBack).add(xid.number());
    }
}
