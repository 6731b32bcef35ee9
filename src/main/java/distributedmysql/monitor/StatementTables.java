package distributedmysql.monitor;

import distributedmysql.monitor.StatementReading.Counts;
import distributedmysql.monitor.StatementReading.Prepared;
import distributedmysql.monitor.StatementReading.PreparedId;
import distributedmysql.monitor.StatementReading.Sessions;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tables of performance_schema that count statements, read over one connection. Not thread-safe. */
final class StatementTables {
    private static final String OFF = """
            SELECT 'performance_schema' WHERE NOT @@performance_schema
            UNION ALL
            SELECT CONCAT('setup_consumers.', NAME) FROM performance_schema.setup_consumers
             WHERE NAME IN ('global_instrumentation', 'thread_instrumentation', 'statements_digest') AND ENABLED = 'NO'
            UNION ALL
            SELECT CONCAT('setup_instruments.', NAME) FROM performance_schema.setup_instruments
             WHERE (NAME LIKE 'statement/sql/%' OR NAME LIKE 'statement/abstract/%' OR NAME = 'statement/com/Execute')
               AND ENABLED = 'NO'
            UNION ALL
            SELECT CONCAT('setup_actors for ', ?) FROM DUAL
             WHERE @@performance_schema AND NOT EXISTS (SELECT * FROM performance_schema.setup_actors
                    WHERE USER IN ('%', ?) AND ENABLED = 'YES')
                OR EXISTS (SELECT * FROM performance_schema.setup_actors WHERE USER IN ('%', ?) AND ENABLED = 'NO')
             LIMIT 1
            """;

    private static final String STATUS = """
            SELECT VARIABLE_NAME, VARIABLE_VALUE FROM performance_schema.global_status
             WHERE VARIABLE_NAME IN ('Uptime', 'Performance_schema_digest_lost') OR VARIABLE_NAME LIKE 'Com\\_%'
            """;

    private static final String DIGESTS = """
            SELECT DIGEST_TEXT, COUNT_STAR FROM performance_schema.events_statements_summary_by_digest
             WHERE SCHEMA_NAME = ? AND DIGEST_TEXT IS NOT NULL
            """;

    // USER() has the client's host as the server sees it: the same for the load, which comes from the same JVM.
    private static final String PREPARED = """
            SELECT OWNER_THREAD_ID, STATEMENT_ID, SQL_TEXT, COUNT_EXECUTE
              FROM performance_schema.prepared_statements_instances
              JOIN performance_schema.threads ON THREAD_ID = OWNER_THREAD_ID
             WHERE PROCESSLIST_USER = ? AND PROCESSLIST_HOST = SUBSTRING_INDEX(USER(), '@', -1)
            """;

    private static final String BY_COMMAND = """
            SELECT EVENT_NAME, COUNT_STAR FROM performance_schema.events_statements_summary_by_account_by_event_name
             WHERE USER = ? AND HOST = SUBSTRING_INDEX(USER(), '@', -1) AND COUNT_STAR > 0
            """;

    private static final String SESSIONS = """
            SELECT COALESCE(SUM(TOTAL_CONNECTIONS), 0), COALESCE(SUM(TOTAL_CONNECTIONS - CURRENT_CONNECTIONS), 0)
              FROM performance_schema.accounts
             WHERE USER = ? AND HOST = SUBSTRING_INDEX(USER(), '@', -1)
            """;

    private static final String EXECUTE = "statement/com/Execute";

    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("select", "SELECT"),
            Map.entry("insert", "INSERT"),
            Map.entry("insert_select", "INSERT"),
            Map.entry("update", "UPDATE"),
            Map.entry("update_multi", "UPDATE"),
            Map.entry("delete", "DELETE"),
            Map.entry("delete_multi", "DELETE"),
            Map.entry("replace", "REPLACE"),
            Map.entry("replace_select", "REPLACE"),
            Map.entry("begin", "BEGIN"),
            Map.entry("commit", "COMMIT"),
            Map.entry("rollback", "ROLLBACK"));

    private final Mysql session;
    private final String user;
    private final boolean loadIsAdmin;
    private final String database;
    private final Map<String, String> digests;
    private final Set<String> wanted;

    StatementTables(Mysql session, Node node, String database, Map<String, String> digests) {
        this.session = session;
        this.user = node.load().user();
        this.loadIsAdmin = user.equals(node.admin().user());
        this.database = database;
        this.digests = digests;
        this.wanted = new HashSet<>(digests.values());
    }

    /** What keeps the server from counting; empty if it counts. */
    Optional<String> whatIsOff() throws SQLException {
        return session.texts(OFF, user, user, user).stream()
                .findFirst()
                .map(off -> "the server does not count statements: " + off + " is off");
    }

    StatementReading read() throws SQLException {
        long start = System.nanoTime();
        Map<String, Long> status = status();
        Map<String, Long> events = byEvent();
        Counts counts = new Counts(
                status.get("uptime"),
                status.get("performance_schema_digest_lost"),
                byDigest(),
                byCommand(events, "statement/sql/"),
                prepared(),
                events.getOrDefault(EXECUTE, 0L),
                byCommand(status, "com_"),
                status.getOrDefault("com_stmt_execute", 0L),
                sessions(),
                loadIsAdmin);
        return StatementReading.of(start, System.nanoTime(), counts);
    }

    private Map<String, Long> status() throws SQLException {
        Map<String, Long> status = new HashMap<>();
        return session.read(STATUS, rows -> {
            while (rows.next()) {
                status.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getLong(2));
            }
            return status;
        });
    }

    private Map<String, Long> byDigest() throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        return session.read(
                DIGESTS,
                rows -> {
                    while (rows.next()) {
                        String digest = StatementDigest.normalised(rows.getString(1));
                        if (wanted.contains(digest)) {
                            counts.merge(digest, rows.getLong(2), Long::sum);
                        }
                    }
                    return counts;
                },
                database);
    }

    private Map<PreparedId, Prepared> prepared() throws SQLException {
        Map<PreparedId, Prepared> prepared = new HashMap<>();
        return session.read(
                PREPARED,
                rows -> {
                    while (rows.next()) {
                        PreparedId id = new PreparedId(rows.getLong(1), rows.getLong(2));
                        Optional<String> digest = Optional.ofNullable(digests.get(rows.getString(3)));
                        prepared.put(id, new Prepared(digest, rows.getLong(4)));
                    }
                    return prepared;
                },
                user);
    }

    /** The first words of the statements that can be counted when they come as text. */
    static Set<String> commands() {
        return new TreeSet<>(COMMANDS.values());
    }

    /** @param prefix of the names under which the counts of {@link #COMMANDS} are found */
    private static Map<String, Long> byCommand(Map<String, Long> counts, String prefix) {
        Map<String, Long> byCommand = new HashMap<>();
        COMMANDS.forEach(
                (name, command) -> byCommand.merge(command, counts.getOrDefault(prefix + name, 0L), Long::sum));
        return byCommand;
    }

    private Map<String, Long> byEvent() throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        return session.read(
                BY_COMMAND,
                rows -> {
                    while (rows.next()) {
                        counts.merge(rows.getString(1), rows.getLong(2), Long::sum);
                    }
                    return counts;
                },
                user);
    }

    private Sessions sessions() throws SQLException {
        return session.rows(SESSIONS, row -> new Sessions(row.getLong(1), row.getLong(2)), user)
                .get(0);
    }
}
