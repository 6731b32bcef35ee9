package distributedmysql.monitor;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A database, and a user for the load, whose statements are counted. */
abstract class StatementCountsFixture {
    static final String DATABASE = "statement_counts_it";

    static final Credentials LOAD = new Credentials("statement_counts_it", "load-only");

    static final String SELECT = "SELECT balance FROM account WHERE id = ?";

    static final String SELECT_TWO = "SELECT balance FROM account WHERE id IN (?, ?)";

    static final String SELECT_THREE = "SELECT balance FROM account WHERE id IN (?, ?, ?)";

    static final String UPDATE = "UPDATE account SET balance = ?, note = ? WHERE id = ? AND note <> '?'";

    static final String INSERT = "INSERT INTO account (id, balance, note) VALUES (?, ?, ?)";

    static final List<String> ALL = List.of(SELECT, SELECT_TWO, SELECT_THREE, UPDATE, INSERT, "COMMIT");

    static Node node;

    @BeforeAll
    static void createDatabaseAndUser() throws SQLException {
        Node shared = TestServers.shared().primary();
        node = new Node(
                shared.name(),
                shared.address(),
                shared.version(),
                shared.serverUuid(),
                shared.admin(),
                LOAD,
                Optional.empty());
        admin("CREATE DATABASE " + DATABASE);
        admin("CREATE TABLE " + DATABASE + ".account (id INT PRIMARY KEY, balance INT, note VARCHAR(20))");
        admin("INSERT INTO " + DATABASE + ".account VALUES (1, 100, ''), (-1, 100, '')");
        admin("CREATE USER " + LOAD.user() + " IDENTIFIED BY '"
                + LOAD.password().text() + "'");
        admin("GRANT ALL ON " + DATABASE + ".* TO " + LOAD.user());
    }

    @AfterAll
    static void dropDatabaseAndUser() throws SQLException {
        admin("DROP DATABASE IF EXISTS " + DATABASE);
        admin("DROP USER IF EXISTS " + LOAD.user());
    }

    static void execute(Connection connection, String sql, int times, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            for (int i = 0; i < times; i++) {
                statement.execute();
            }
        }
    }

    static Connection load(boolean preparedByServer) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://" + node.address() + "/" + DATABASE
                        + "?allowPublicKeyRetrieval=true&useLocalSessionState=true&cachePrepStmts=true"
                        + "&useServerPrepStmts=" + preparedByServer,
                LOAD.user(),
                LOAD.password().text());
    }

    static void admin(String sql) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
