package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import distributedmysql.config.Settings;
import distributedmysql.documents.DocumentedSql;
import distributedmysql.experiment.AllSettings;
import distributedmysql.history.ErrantGtids;
import distributedmysql.monitor.ErrantTransactions;
import distributedmysql.monitor.Gtids;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Pasted;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link GrantsIT} has the privileges of documents and messages; the databases that are left, ReplicationFiltersIT. */
@DisplayName("What documents and messages tell to paste works where they say, and replication goes on")
@OwnServers
class PastedSqlIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PASSWORD = "only-in-this-test";
    private static final String USER = "distributed_mysql_test";

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary, "CREATE DATABASE theirs", "CREATE TABLE theirs.t (id INT PRIMARY KEY, text VARCHAR(50))");
    }

    /** Both servers have the same transactions, the applier has not stopped, and the replica is still read-only. */
    @AfterEach
    void replicationGoesOn() throws SQLException {
        TestSql.execute(primary, "REPLACE INTO theirs.t VALUES (1, UUID())");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(Replication.status(replica).running()).isTrue();
        assertThat(GtidSets.executed(replica)).isEqualTo(GtidSets.executed(primary));
        String rows = "SELECT GROUP_CONCAT(id, ' ', text ORDER BY id) FROM theirs.t";
        assertThat(TestSql.query(replica, rows)).isEqualTo(TestSql.query(primary, rows));
        assertThat(TestSql.query(replica, "SELECT @@global.super_read_only")).isEqualTo("1");
    }

    @Test
    void whatOnlyReads() throws Exception {
        TestSql.execute(primary, "CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        for (String statement : DocumentedSql.reading()) {
            TestSql.execute(primary, statement);
            TestSql.execute(replica, statement);
        }
        TestSql.execute(primary, "DROP DATABASE shop");
    }

    @Test
    void usersOfAReplica() throws Exception {
        // Here no account comes by replication.
        past(primary, pasted(DocumentedSql.USER));
        TestSql.execute(replica, pasted(DocumentedSql.USER_ON_A_REPLICA));
        assertThat(topology().replicas()).hasSize(1);
        past(primary, "DROP USER " + USER);
        past(replica, "DROP USER " + USER);
    }

    /** On the replica first, which the documents warn of: nothing stops, what it left is found, and the remedy removes it. */
    @Test
    void errantTransactions() throws Exception {
        TestSql.execute(replica, "SET GLOBAL super_read_only = OFF");
        TestSql.execute(replica, pasted(DocumentedSql.USER));
        TestSql.execute(replica, "SET GLOBAL super_read_only = ON");
        TestSql.execute(primary, pasted(DocumentedSql.USER));
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(Replication.status(replica).running()).isTrue();

        String found = errant().beforeRun().orElseThrow();
        List<String> remedy = DocumentedSql.EMPTY_TRANSACTION.statements();
        assertThat(Gtids.each(found)).hasSize(4).allMatch(gtid -> gtid.startsWith(replica.serverUuid()));
        for (String gtid : Gtids.each(found)) {
            TestSql.execute(
                    primary,
                    remedy.stream()
                            .map(statement -> statement.replaceFirst("'[0-9a-f-]{36}:\\d+'", "'" + gtid + "'"))
                            .toArray(String[]::new));
        }
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(errant().found()).isFalse();
        assertThat(topology().replicas()).hasSize(1);

        // Pasted as it stands, with the example's GTID, it is one empty transaction, and the session goes on as before.
        TestSql.execute(primary, remedy.toArray(String[]::new));
        TestSql.execute(primary, "DROP USER " + USER);
    }

    /** One row that differs, one that is missing and one that only the replica has; the primary's own stay as they are. */
    @Test
    void repairedRows() throws Exception {
        TestSql.execute(
                primary,
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, status VARCHAR(10))",
                "INSERT INTO shop.orders VALUES (1, 'paid'), (2, 'paid'), (3, 'new')");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        String rows = "SELECT GROUP_CONCAT(id, ' ', status ORDER BY id) FROM shop.orders";
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                "UPDATE shop.orders SET status = 'lost' WHERE id = 2",
                "DELETE FROM shop.orders WHERE id = 3",
                "INSERT INTO shop.orders VALUES (7, 'extra')",
                "SET GLOBAL super_read_only = ON");
        assertThat(TestSql.query(replica, rows)).isEqualTo("1 paid,2 lost,7 extra");

        TestSql.execute(primary, DocumentedSql.REPAIR.statements().toArray(String[]::new));
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(TestSql.query(replica, rows)).isEqualTo("1 paid,2 paid,3 new");
        assertThat(TestSql.query(primary, rows)).isEqualTo("1 paid,2 paid,3 new");
        TestSql.execute(primary, "DROP DATABASE shop");
    }

    @Test
    void grantsForAUserWhoIsNotTheSameAccountEverywhere() throws Exception {
        past(primary, "CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
        past(replica, "CREATE USER " + USER + "@'127.0.0.%' IDENTIFIED BY '" + PASSWORD + "'");

        TopologyException onPrimary = catchThrowableOfType(TopologyException.class, PastedSqlIT::topology);
        assertThat(onPrimary).hasMessageContaining("this user is another account on another server");
        TestSql.execute(
                primary, Pasted.of(onPrimary.getMessage(), primary.address().toString()));
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(Replication.status(replica).running()).isTrue();

        TopologyException onReplica = catchThrowableOfType(TopologyException.class, PastedSqlIT::topology);
        assertThat(onReplica).hasMessageContaining("so they do not come by replication");
        TestSql.execute(
                replica, Pasted.of(onReplica.getMessage(), replica.address().toString()));
        assertThat(topology().replicas()).hasSize(1);

        past(primary, "DROP USER " + USER);
        past(replica, "DROP USER " + USER + "@'127.0.0.%'");
    }

    @Test
    void statementsInTheBinaryLog() throws Exception {
        Replication.stopApplier(replica);
        TestSql.execute(replica, "SET GLOBAL binlog_format = STATEMENT");
        Replication.startApplier(replica);
        TestSql.execute(primary, "SET GLOBAL binlog_format = STATEMENT");
        TestSql.execute(primary, pasted(DocumentedSql.USER));

        TopologyException refused = catchThrowableOfType(TopologyException.class, PastedSqlIT::topology);
        List<String> servers = refused.getMessage()
                .lines()
                .filter(line -> line.matches("(On|Then on the primary,) .*:"))
                .map(line -> line.replaceFirst(".* (\\S+):$", "$1"))
                .toList();
        assertThat(servers)
                .containsExactly(replica.address().toString(), primary.address().toString());
        for (String server : servers) {
            Node node = server.equals(primary.address().toString()) ? primary : replica;
            TestSql.execute(node, Pasted.of(refused.getMessage(), server));
            // Whatever is written between two steps arrives.
            TestSql.execute(primary, "REPLACE INTO theirs.t VALUES (2, 'written in between')");
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
        assertThat(topology().replicas()).hasSize(1);
        TestSql.execute(primary, "DROP USER " + USER);
    }

    @Test
    void aReadOnlyServerIsNoPrimaryToGrantOn() throws Exception {
        TestSql.execute(primary, "CREATE USER " + USER + " IDENTIFIED BY '" + PASSWORD + "'");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        TopologyException refused = catchThrowableOfType(TopologyException.class, () -> topology(replica, primary));
        assertThat(refused).hasMessageContaining("check external.primary first");
        assertThat(Pasted.of(refused.getMessage())).isEmpty();
        TestSql.execute(primary, "DROP USER " + USER);
    }

    private static ErrantGtids errant() {
        ErrantTransactions errant = new ErrantTransactions(replicaSet);
        errant.lookBefore();
        return errant.found().get(0);
    }

    private static String[] pasted(DocumentedSql block) {
        return block.statements().stream()
                .map(statement -> statement.replace("'...'", "'" + PASSWORD + "'"))
                .toArray(String[]::new);
    }

    /** Past the binary log. */
    private static void past(Node node, String... statements) throws SQLException {
        TestSql.execute(node, "SET GLOBAL super_read_only = OFF");
        String[] all = new String[statements.length + 1];
        all[0] = "SET sql_log_bin = 0";
        System.arraycopy(statements, 0, all, 1, statements.length);
        TestSql.execute(node, all);
        if (node.equals(replica)) {
            TestSql.execute(node, "SET GLOBAL super_read_only = ON");
        }
    }

    private static ReplicaSet topology() {
        return topology(primary, replica);
    }

    private static ReplicaSet topology(Node first, Node second) {
        Properties properties = new Properties();
        properties.putAll(Map.of("profile", "quick", "topology", "external", "data.database", USER));
        properties.put("external.primary", first.address().toString());
        properties.put("external.replicas", second.address().toString());
        properties.put("external.user", USER);
        properties.put("connection.ssl-mode", "required");
        Settings settings = AllSettings.load(properties);
        return new ExternalTopology(settings, Map.of("MYSQL_PASSWORD", PASSWORD), line -> {})
                .start()
                .replicaSet();
    }
}
