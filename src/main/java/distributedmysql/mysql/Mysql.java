package distributedmysql.mysql;

import distributedmysql.config.HostPort;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A session on one server for administration: the only way to run a statement that is no load. It never waits for the
 * {@linkplain RateCap cap} of the load. Used by one thread, except {@link #abort()}.
 *
 * <p>A silent server is given up, when connecting after {@link #CONNECT}, when waiting for an answer after {@link #ANSWER},
 * unless another time is given. What an error quotes of a parameter that is a {@link Secret} is hidden.
 *
 * <p>{@link #run}, {@link #ask} and their short forms open a session of their own and throw {@link TopologyException}, which
 * names the server and what could not be done; all else throws what comes from the driver.
 */
public final class Mysql implements AutoCloseable {
    /** For a server that is asked whether it is there. */
    public static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration ANSWER = Duration.ofSeconds(60);

    /** For {@link DebugLog}. */
    private final Object server;

    private final Connection connection;

    /** What is done in a session. */
    @FunctionalInterface
    public interface Work {
        void in(Mysql session) throws SQLException;
    }

    /** What is found out in a session. */
    @FunctionalInterface
    public interface Question<T> {
        T in(Mysql session) throws SQLException;
    }

    /** Reads a result, or its present row. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private Mysql(Object server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    public static Mysql open(Node node) throws SQLException {
        return new Mysql(node, node.connect());
    }

    /** @param patience how long an answer may take, and, if that is less than 5 s, connecting */
    public static Mysql open(Node node, Duration patience) throws SQLException {
        return new Mysql(node, node.connect(timeouts(patience)));
    }

    /** For what is read at an interval: its statements count against the cap, though they do not wait for it. */
    public static Mysql openForSampling(Node node) throws SQLException {
        return new Mysql(node, node.connectForSampling());
    }

    /** To a server of which no more is known than its address. */
    public static Mysql open(HostPort address, Credentials credentials) throws SQLException {
        return open(address, credentials, Tls.PREFERRED);
    }

    public static Mysql open(HostPort address, Credentials credentials, Tls tls) throws SQLException {
        return open(address, credentials, tls, ANSWER);
    }

    /** @param patience as of {@link #open(Node, Duration)} */
    public static Mysql open(HostPort address, Credentials credentials, Tls tls, Duration patience)
            throws SQLException {
        return new Mysql(address, Node.connect(address, credentials, tls, timeouts(patience)));
    }

    /** Over a connection that somebody else has opened, and closes. */
    public static Mysql over(Connection open) {
        return new Mysql(open, open);
    }

    /** Connector/J takes 0 for no limit. */
    static Map<String, String> timeouts(Duration patience) {
        long answer = Math.max(1, patience.toMillis());
        long connect = Math.min(answer, CONNECT.toMillis());
        return Map.of("connectTimeout", Long.toString(connect), "socketTimeout", Long.toString(answer));
    }

    /** Why the server takes no connection, in one line; empty if it does. */
    public static Optional<String> whyNoConnection(HostPort address, Credentials credentials) {
        try {
            open(address, credentials).close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e.getMessage().lines().findFirst().orElse(""));
        }
    }

    /** @param what for the message: "node1 (127.0.0.1:3306): cannot …" */
    public static void run(Node node, String what, Work work) {
        run(node, ANSWER, what, work);
    }

    /** @param patience as of {@link #open(Node, Duration)} */
    public static void run(Node node, Duration patience, String what, Work work) {
        try (Mysql session = open(node, patience)) {
            work.in(session);
        } catch (SQLException e) {
            throw failure(node, what, e);
        }
    }

    /** @param what as of {@link #run(Node, String, Work)} */
    public static <T> T ask(Node node, String what, Question<T> question) {
        try (Mysql session = open(node)) {
            return question.in(session);
        } catch (SQLException e) {
            throw failure(node, what, e);
        }
    }

    public static void execute(Node node, String sql, Object... parameters) {
        run(node, sql, session -> session.execute(sql, parameters));
    }

    /** As {@link #text(String, Object...)}. */
    public static String text(Node node, String query, Object... parameters) {
        return ask(node, query, session -> session.text(query, parameters));
    }

    /** As {@link #texts(String, Object...)}. */
    public static List<String> texts(Node node, String query, Object... parameters) {
        return ask(node, query, session -> session.texts(query, parameters));
    }

    /**
     * In the words of {@link #run(Node, String, Work)}, for who opens a session and keeps it. Of a server that has {@linkplain
     * Node#unexpectedEnd ended unexpectedly} it says so, and that does not pass: nobody waits for such a server until a deadline.
     */
    public static TopologyException failure(Node node, String what, SQLException e) {
        TopologyException failure = TopologyException.of(node + ": cannot " + what, e, ServerErrors.advice(node, e));
        if (!failure.mayPass()) {
            return failure;
        }
        return node.unexpectedEnd()
                // Not what it was to do: that may be a long set of GTIDs, and says nothing about its end.
                .map(end -> new TopologyException(node + ": " + end))
                .orElse(failure);
    }

    /** @param parameters for the placeholders of the statement, as the driver takes them; or a {@link Secret} */
    public void execute(String sql, Object... parameters) throws SQLException {
        executed(sql, parameters, statement -> null);
    }

    /** The first column of the first row; empty if there is none, or it is NULL. */
    public String text(String query, Object... parameters) throws SQLException {
        return read(query, rows -> rows.next() ? text(rows) : "", parameters);
    }

    /** The first column of the first row; 0 if there is none, or it is NULL. */
    public long number(String query, Object... parameters) throws SQLException {
        return read(query, rows -> rows.next() ? rows.getLong(1) : 0, parameters);
    }

    /** The first column of every row; one that is NULL is an empty text. */
    public List<String> texts(String query, Object... parameters) throws SQLException {
        return rows(query, Mysql::text, parameters);
    }

    /** Every row. */
    public <T> List<T> rows(String query, Reading<T> row, Object... parameters) throws SQLException {
        return read(
                query,
                rows -> {
                    List<T> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(row.of(rows));
                    }
                    return all;
                },
                parameters);
    }

    /** @param reading gets the rows before the first one */
    public <T> T read(String query, Reading<T> reading, Object... parameters) throws SQLException {
        return executed(query, parameters, statement -> {
            try (ResultSet rows = statement.getResultSet()) {
                return reading.of(rows);
            }
        });
    }

    /** As {@link #read}, for a result that is too large to be held: the rows are fetched one by one. */
    public <T> T stream(String query, Reading<T> reading) throws SQLException {
        DebugLog.SQL.say(() -> server + ": " + query);
        try (Statement statement = connection.createStatement()) {
            // Connector/J's sign for it (Developer Guide, "JDBC API Implementation Notes", ResultSet).
            statement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet rows = statement.executeQuery(query)) {
                return reading.of(rows);
            }
        }
    }

    /** Makes it the default database, unless it is. */
    public void use(String database) throws SQLException {
        if (!database.equals(connection.getCatalog())) {
            connection.setCatalog(database);
        }
    }

    /** From now on a silent server is given up after this. */
    public void answerWithin(Duration patience) throws SQLException {
        // Runnable::run: the driver only sets the socket's time-out, there is nothing to do in the background.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    }

    /** @throws TopologyException if the node's address leads to another server, as that of a proxy may */
    public void requireItself(Node node) throws SQLException {
        String uuid = text("SELECT @@global.server_uuid");
        if (!uuid.equals(node.serverUuid())) {
            throw new TopologyException(node + ": its address leads to another server by now (server_uuid " + uuid
                    + ", not " + node.serverUuid() + ")");
        }
    }

    /** Ends the session, and with it its transaction and its locks. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is broken, so the server has ended the session or will.
        }
    }

    /** As {@link #close()}, also while a statement waits for its answer, and without a word to the server. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // Already closed or broken: there is nothing left to end.
        }
    }

    private interface Result<T> {
        T of(Statement executed) throws SQLException;
    }

    private <T> T executed(String sql, Object[] parameters, Result<T> result) throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = parameters.length == 0 ? connection.createStatement() : prepared(sql, parameters)) {
            if (statement instanceof PreparedStatement prepared) {
                prepared.execute();
            } else {
                statement.execute(sql);
            }
            DebugLog.SQL.took(start, () -> server + ": " + sql);
            return result.of(statement);
        } catch (SQLException e) {
            SQLException failure = ServerErrors.hidden(e, parameters);
            DebugLog.SQL.took(
                    start,
                    () -> server + ": " + sql + ": "
                            + failure.getMessage().lines().findFirst().orElse(""));
            throw failure;
        }
    }

    /** The driver puts the parameters in by itself, so that statements take them that no server prepares. */
    private PreparedStatement prepared(String sql, Object[] parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i] instanceof Secret secret ? secret.text() : parameters[i]);
        }
        return statement;
    }

    private static String text(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString(1)).orElse("");
    }
}
