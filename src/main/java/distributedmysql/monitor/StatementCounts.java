package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How often one server executed given statements, by its own count. Immutable and thread-safe.
 *
 * <p>No table of performance_schema has it all (tried on 8.0.33 and 9.7.4; all count failed executions too):
 * <ul>
 *   <li>{@code events_statements_summary_by_digest} has what comes as text, also from a driver that prepares on the
 *       client, under the session's default database; but it loses counts, about 1 in 3,000 with 16 sessions on 2
 *       processors, because sessions add to one row without a lock. It does not have COM_STMT_EXECUTE (bug 80173;
 *       newer servers count it under digests that begin with EXECUTE).
 *   <li>{@code prepared_statements_instances} has COM_STMT_EXECUTE by text, exactly, while session and statement last.
 *   <li>{@code events_statements_summary_by_account_by_event_name} has the sums by command, exactly while the sessions
 *       last. A session that ends adds its counts to the account's without a lock ({@code aggregate_all_statements} in
 *       {@code pfs_instr.cc}): where two end at once, those of one may be lost (on 8.0.33, 5 of 14,072 sessions that 2
 *       and 8 threads opened and closed).
 *   <li>the status variables {@code Com_…} have the sums by command for ever, of all users together.
 * </ul>
 * Hence a lower bound for each statement and an exact sum, which together leave no room for a wrong count of a
 * statement that is prepared on the server. Where several sessions ended, the sum is at most that of all users.
 * COM_STMT_PREPARE is counted nowhere here. The load's sessions need Connector/J's {@code useLocalSessionState=true}:
 * else the driver sends a SELECT of its own with each write.
 *
 * <p>Statements that differ only in literals, or in the length of an IN list, are one statement here, as they are in
 * the digests: {@link #statementOf} gives its name, by which the client's counts must be summed too.
 */
public final class StatementCounts {
    private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String READ = "read its counts";

    private final Node node;
    private final String database;
    private final Map<String, String> digests;
    private final Optional<String> problem;

    private StatementCounts(Node node, String database, Map<String, String> digests, Optional<String> problem) {
        this.node = node;
        this.database = database;
        this.digests = digests;
        this.problem = problem;
    }

    /**
     * Asks the server for the statements' digests. Where that fails, the readings say why.
     *
     * @param database the default database of the sessions that execute the statements
     * @param texts all statements that {@link Node#load} executes between the readings, as they are prepared: with
     *     {@code ?} for parameters. Others would count in the sum (of text, only those of the same commands).
     */
    public static StatementCounts of(Node node, String database, Collection<String> texts) {
        Map<String, String> digests = new TreeMap<>();
        Optional<String> problem = Optional.empty();
        try {
            Mysql.run(node, READ, session -> {
                // Names without a database are resolved even here (error 1046).
                session.use(database);
                for (String text : texts) {
                    digests.put(text, digest(session, text));
                }
            });
        } catch (TopologyException e) {
            problem = Optional.of(e.getMessage());
        }
        return new StatementCounts(node, database, Map.copyOf(digests), problem);
    }

    private static String digest(Mysql session, String text) throws SQLException {
        return StatementDigest.normalised(
                session.text("SELECT STATEMENT_DIGEST_TEXT(?)", StatementDigest.withLiterals(text)));
    }

    /**
     * By what name {@link StatementReading.Delta} counts a statement; the text itself if the server did not answer.
     */
    public String statementOf(String text) {
        return digests.getOrDefault(text, text);
    }

    /**
     * The counts, once they stand still. The load must have stopped: a server counts a statement a moment after its
     * client has the answer, so two equal readings 50 ms apart are waited for, at most 10 s.
     *
     * <p>Throws nothing: where the server cannot be asked, or does not count, the reading says so.
     */
    public StatementReading read() {
        if (problem.isPresent()) {
            return StatementReading.cannotTell(problem.get());
        }
        try {
            return Mysql.ask(node, READ, session -> readSettled(new StatementTables(session, node, database, digests)));
        } catch (TopologyException e) {
            return StatementReading.cannotTell(e.getMessage());
        }
    }

    private StatementReading readSettled(StatementTables tables) throws SQLException {
        Optional<String> off = tables.whatIsOff();
        if (off.isPresent()) {
            return StatementReading.cannotTell(node + ": " + off.get());
        }
        AtomicReference<StatementReading> newest = new AtomicReference<>();
        Await settled =
                Await.of(node + ": its counts to stand still", SETTLE_DEADLINE).every(PAUSE);
        if (settled.reached(() -> standsStill(newest, tables.read()))) {
            return newest.get();
        }
        if (Thread.currentThread().isInterrupted()) {
            return StatementReading.cannotTell(node + ": interrupted while reading its counts");
        }
        return StatementReading.cannotTell(node + ": its counts did not stand still for " + SETTLE_DEADLINE.toSeconds()
                + " s: the load has not stopped");
    }

    private static boolean standsStill(AtomicReference<StatementReading> newest, StatementReading next) {
        StatementReading before = newest.getAndSet(next);
        return before != null && next.sameAs(before);
    }
}
