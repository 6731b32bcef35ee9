package distributedmysql.monitor.table;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A database of its own on the shared servers, tables in it, and differences planted on the first replica. */
final class ComparedTables implements AutoCloseable {
    static final ComparisonSettings SETTINGS =
            new ComparisonSettings(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(2), 10_000);

    final ReplicaSet replicaSet = TestServers.shared();
    final Node primary = replicaSet.primary();
    final Node replica = replicaSet.replicas().get(0);
    final String database;

    ComparedTables(String database) throws SQLException {
        this.database = database;
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            execute(statement, "DROP DATABASE IF EXISTS " + database, "CREATE DATABASE " + database);
        }
    }

    /** On the primary, in the database; waits until the replica has it too. */
    void onPrimary(String... statements) throws Exception {
        try (Connection connection = connectToPrimary();
                Statement statement = connection.createStatement()) {
            execute(statement, statements);
        }
        awaitReplica();
    }

    Connection connectToPrimary() throws SQLException {
        Connection connection = primary.connect();
        connection.setCatalog(database);
        return connection;
    }

    void awaitReplica() throws Exception {
        TableDeadline deadline = TableDeadline.in(Duration.ofMinutes(1));
        try (Session source = Session.open(primary, deadline);
                Session target = Session.open(replica, deadline)) {
            target.awaitPosition(GtidPosition.of(source));
        }
    }

    /** On the replica only, as a stray client with too many privileges would. */
    void onReplicaOnly(String... statements) throws SQLException {
        boolean readOnly;
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            try (var row = statement.executeQuery("SELECT @@GLOBAL.super_read_only")) {
                row.next();
                readOnly = row.getBoolean(1);
            }
            statement.execute("SET GLOBAL super_read_only = OFF");
            try {
                execute(statement, "SET SESSION sql_log_bin = 0", "USE " + database);
                execute(statement, statements);
            } finally {
                statement.execute("SET GLOBAL super_read_only = " + (readOnly ? "ON" : "OFF"));
            }
        }
    }

    private static void execute(Statement statement, String... sql) throws SQLException {
        for (String each : sql) {
            statement.execute(each);
        }
    }

    TableChecksum compare(String table) {
        return compare(table, SETTINGS);
    }

    TableChecksum compare(String table, ComparisonSettings settings) {
        return new TableComparison(settings)
                .compare(replicaSet, database, table)
                .get(0);
    }

    /** Of one table on one replica. */
    static CheckResult judge(TableChecksum checksum) {
        return TableChecksumCheck.check(List.of(checksum));
    }

    /** A setting of a server, for sessions that begin afterwards. */
    static void global(Node node, String setting) throws SQLException {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL " + setting);
        }
    }

    /** The same server, with another account. */
    static Node as(Node node, String user, String password) {
        Credentials credentials = new Credentials(user, password);
        return new Node(
                node.name(),
                node.address(),
                node.version(),
                node.serverUuid(),
                credentials,
                credentials,
                Optional.empty(),
                node.peerAddress(),
                node.tls(),
                true);
    }

    static Set<String> keys(TableChecksum checksum, KeyDifference.Kind kind) {
        return checksum.firstDifferences().stream()
                .filter(each -> each.kind() == kind)
                .map(KeyDifference::key)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database);
        }
    }
}
