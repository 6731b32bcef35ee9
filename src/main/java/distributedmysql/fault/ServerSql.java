package distributedmysql.fault;

import distributedmysql.topology.DebugLog;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single statements on single nodes, over a connection of its own for each call. */
final class ServerSql {
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private ServerSql() {}

    static void execute(Node node, String sql) {
        call(node, sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** The first column of every row; one that is NULL is an empty text. */
    static List<String> texts(Node node, String query, String... parameters) {
        return call(node, query, connection -> texts(connection, query, parameters));
    }

    static List<String> texts(Connection connection, String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(Optional.ofNullable(rows.getString(1)).orElse(""));
                }
                return texts;
            }
        }
    }

    static String text(Node node, String query, String... parameters) {
        return texts(node, query, parameters).get(0);
    }

    /** @throws TopologyException if the node's address leads to another server, as that of a proxy may */
    static void requireItself(Node node, Connection connection) throws SQLException {
        String uuid = texts(connection, "SELECT @@global.server_uuid").get(0);
        if (!uuid.equals(node.serverUuid())) {
            throw new TopologyException(node + ": its address leads to another server by now (server_uuid " + uuid
                    + ", not " + node.serverUuid() + ")");
        }
    }

    /** Whether the default channel has a source configured, whether or not it is connected to it. */
    static boolean hasSource(Node node) {
        String query = "SELECT HOST FROM performance_schema.replication_connection_configuration"
                + " WHERE CHANNEL_NAME = '' AND HOST <> ''";
        return !texts(node, query).isEmpty();
    }

    /** A silent server is given up after these milliseconds, when connecting and when reading. */
    static Connection connect(Node node, long millis) throws SQLException {
        String timeout = Long.toString(Math.max(1, millis));
        return node.connect(Map.of("connectTimeout", timeout, "socketTimeout", timeout));
    }

    /** @throws TopologyException with node, statement, SQLState and error number */
    static <T> T call(Node node, String what, Work<T> work) {
        return call(node, Map.of(), what, work);
    }

    /** @param properties of Connector/J */
    static <T> T call(Node node, Map<String, String> properties, String what, Work<T> work) {
        long start = System.nanoTime();
        try (Connection connection = node.connect(properties)) {
            T result = work.on(connection);
            DebugLog.SQL.took(start, () -> node + ": " + what);
            return result;
        } catch (SQLException e) {
            TopologyException failure = TopologyException.of(node + ": cannot " + what, e);
            DebugLog.SQL.took(start, failure::getMessage);
            throw failure;
        }
    }
}
