package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import distributedmysql.config.DataSettings;
import distributedmysql.ledger.LedgerTable;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Pasted;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of every sort on real servers: what they would keep back is not written, and no applier ever stops. */
@OwnServers(options = "--binlog-ignore-db=hidden")
class ReplicationFiltersIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String NAME = "filters_it";
    private static final DataSettings DATA = new DataSettings(NAME, 1, 0.001, 100);
    private static final String NO_FILTER = "REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (),"
            + " REPLICATE_IGNORE_TABLE = (), REPLICATE_WILD_DO_TABLE = (), REPLICATE_WILD_IGNORE_TABLE = (),"
            + " REPLICATE_REWRITE_DB = ()";

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary, "CREATE DATABASE app", "USE app", "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    /** Replication of everybody's databases goes on, whatever the test did. */
    @AfterEach
    void theApplierStillRuns() throws SQLException {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(Replication.status(replica).running()).isTrue();
        filter(NO_FILTER);
        TestSql.execute(primary, "USE app", "INSERT INTO t VALUES ()", "SET GLOBAL binlog_format = ROW");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(Replication.status(replica).running()).isTrue();
        assertThat(has(replica, NAME)).isFalse();
    }

    @Test
    void aBinaryLogOfAnotherDatabaseOnlyIsRefused() throws SQLException {
        try (Deployment deployment = TestServers.start("--binlog-do-db=app")) {
            ReplicaSet others = deployment.replicaSet();
            Node writes = others.primary();
            TestSql.execute(writes, "CREATE DATABASE app", "USE app", "CREATE TABLE t (id INT PRIMARY KEY)");
            String before = GtidSets.executed(writes);

            assertThatThrownBy(() -> new DataLoader(Shards.only(others), DATA, console::add).load())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith(writes + ": binlog_do_db = app: the database " + NAME)
                    .hasMessageContainingAll("nothing was written", "data.database");

            assertThat(has(writes, NAME)).isFalse();
            assertThat(GtidSets.executed(writes)).isEqualTo(before);
            TestSql.execute(writes, "DROP DATABASE app");
            new MarkedDatabase(others, NAME).remove();
            // The one name that passes.
            loadAndRemove(others, new DataSettings("app", 1, 0.001, 100));
            Replication.awaitConvergence(others, DEADLINE);
            assertThat(Replication.status(others.replicas().get(0)).running()).isTrue();
        }
    }

    @Test
    void aBinaryLogThatIgnoresOneDatabaseTakesTheOthers() throws SQLException {
        assertThatThrownBy(() -> new MarkedDatabase(replicaSet, "hidden").prepare())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(primary + ": binlog_ignore_db = hidden: the database hidden does not get into");
        assertThat(has(primary, "hidden")).isFalse();
        assertThat(new MarkedDatabase(replicaSet, NAME).requireUnfiltered())
                .contains("filters of " + primary + ": binlog_ignore_db = hidden: " + NAME + " passes");
        loadAndRemove(replicaSet, DATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPLICATE_DO_DB = (app)",
                "REPLICATE_IGNORE_DB = (app2, filters_it)",
                "REPLICATE_DO_TABLE = (app.t)",
                "REPLICATE_DO_TABLE = (app.t, filters_it.players)",
                "REPLICATE_IGNORE_TABLE = (filters_it.players)",
                "REPLICATE_WILD_DO_TABLE = ('app.%')",
                "REPLICATE_WILD_DO_TABLE = ('filters\\_it.p%')",
                "REPLICATE_WILD_IGNORE_TABLE = ('filters\\_it.%')",
                "REPLICATE_WILD_IGNORE_TABLE = ('%.heart%')",
                "REPLICATE_REWRITE_DB = ((filters_it, app))",
                "REPLICATE_REWRITE_DB = ((app, filters_it))"
            })
    void aFilterThatTheDatabaseDoesNotPassIsNamedAndNothingIsWritten(String filter) throws SQLException {
        filter(filter);
        String before = GtidSets.executed(primary);
        String name = filter.substring(0, filter.indexOf(' ')).toLowerCase(Locale.ROOT);

        assertThatThrownBy(() -> new MarkedDatabase(replicaSet, NAME).prepare())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(replica + ": " + name + " = ")
                .hasMessageContainingAll("the database " + NAME, "nothing was written", "data.database");

        assertThat(has(primary, NAME)).isFalse();
        assertThat(GtidSets.executed(primary)).isEqualTo(before);
    }

    static List<String> passed() {
        return List.of(
                "REPLICATE_DO_DB = (app, filters_it)",
                "REPLICATE_IGNORE_DB = (app)",
                "REPLICATE_DO_TABLE = (app.t, "
                        + MarkedDatabase.TABLES.stream()
                                .map(table -> NAME + "." + table)
                                .collect(Collectors.joining(", "))
                        + ")",
                "REPLICATE_IGNORE_TABLE = (app.u)",
                "REPLICATE_WILD_DO_TABLE = ('app.%', 'filters\\_it.%')",
                "REPLICATE_WILD_IGNORE_TABLE = ('%.\\_%\\_gho', 'mysql.%')",
                "REPLICATE_REWRITE_DB = ((app3, app4))");
    }

    @ParameterizedTest
    @MethodSource("passed")
    void aFilterThatTheDatabasePassesIsSaidAndAllArrives(String filter) throws SQLException {
        filter(filter);
        assertThat(new MarkedDatabase(replicaSet, NAME).requireUnfiltered())
                .anyMatch(line -> line.startsWith("filters of " + replica + ": ") && line.endsWith(NAME + " passes"));
        loadAndRemove(replicaSet, DATA);
    }

    @Test
    void withStatementsInTheBinaryLogTheDefaultDatabaseIsTheSame() throws SQLException {
        TestSql.execute(primary, "SET GLOBAL binlog_format = STATEMENT");
        filter("REPLICATE_DO_DB = (filters_it), REPLICATE_WILD_DO_TABLE = ('filters\\_it.%')");
        loadAndRemove(replicaSet, DATA);
    }

    @Test
    void aDatabaseThatDoesNotArriveIsDroppedAgainBeforeThereIsATableInIt() throws SQLException {
        // One name with a comma in it, shown as two names would be.
        filter("REPLICATE_DO_DB = (`app,filters_it`)");

        assertThatThrownBy(() -> new MarkedDatabase(replicaSet, NAME).prepare())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(replica + ": the database " + NAME)
                .hasMessageContainingAll(
                        "has not arrived", "replicate_do_db = app,filters_it", "No table was made", "dropped again");
        assertThat(has(primary, NAME)).isFalse();
    }

    @Test
    void anApplierThatHasStoppedIsSaidWithItsError() throws SQLException {
        onlyOn(replica, "INSERT INTO app.t VALUES (1000)");
        TestSql.execute(primary, "USE app", "INSERT INTO t VALUES (1000)");
        try {
            assertThatThrownBy(() -> new MarkedDatabase(replicaSet, NAME).prepare())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith(replica + ": its applier has stopped with an error")
                    .hasMessageContainingAll("Duplicate entry '1000'");
            assertThat(has(primary, NAME)).isFalse();
        } finally {
            onlyOn(replica, "DELETE FROM app.t WHERE id = 1000");
            Replication.startApplier(replica);
        }
    }

    @Test
    void aReplicaThatLostTheDatabaseIsRefusedAndDroppingItStopsNoApplier() throws SQLException {
        MarkedDatabase database = new MarkedDatabase(replicaSet, NAME);
        database.prepare();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        onlyOn(replica, "DROP DATABASE " + NAME);

        TopologyException refused = catchThrowableOfType(TopologyException.class, database::prepare);
        assertThat(refused).hasMessageContainingAll(replica + ": has no database " + NAME, "on " + primary + " only:");
        TestSql.execute(primary, Pasted.of(refused.getMessage()));

        Replication.awaitConvergence(replicaSet, DEADLINE);
        database.prepare();
        database.remove();
    }

    @Test
    void aReplicaThatStillHasTheDatabaseIsRefused() throws SQLException {
        MarkedDatabase database = new MarkedDatabase(replicaSet, NAME);
        database.prepare();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        onlyOn(primary, "DROP DATABASE " + NAME);
        String before = GtidSets.executed(primary);

        TopologyException refused = catchThrowableOfType(TopologyException.class, database::prepare);
        assertThat(refused)
                .hasMessageContainingAll(replica + ": still has the database " + NAME, "on " + replica + " only:");
        assertThat(GtidSets.executed(primary)).isEqualTo(before);
        String onReplica = GtidSets.executed(replica);
        TestSql.execute(replica, Pasted.of(refused.getMessage()));

        assertThat(GtidSets.executed(replica)).isEqualTo(onReplica);
        assertThat(TestSql.query(replica, "SELECT @@global.super_read_only")).isEqualTo("1");
        database.prepare();
        database.remove();
    }

    @Test
    void aFilterOfATableOfAnExperimentIsFoundBeforeAnythingIsWritten() throws SQLException {
        filter("REPLICATE_WILD_IGNORE_TABLE = ('%.toy\\_%')");
        assertThat(new MarkedDatabase(replicaSet, NAME).requireUnfiltered()).isNotEmpty();

        assertThatThrownBy(() -> new MarkedDatabase(replicaSet, NAME, List.of("toys", "toy_rows")).prepare())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(replica + ": replicate_wild_ignore_table = ")
                .hasMessageContainingAll("by its table toy_rows: ", "nothing was written");
        assertThat(has(primary, NAME)).isFalse();
    }

    /** With every table that a run makes; the loader counts the rows on the replica. */
    private void loadAndRemove(ReplicaSet servers, DataSettings data) throws SQLException {
        Node applies = servers.replicas().get(0);
        MarkedDatabase database = new MarkedDatabase(servers, data.database());
        new DataLoader(Shards.only(servers), data, console::add).load();
        database.recreate(List.of(ProbeTable.PROBES));
        new LedgerTable(database.quotedName()).create(servers.primary());
        Duration interval = Duration.ofMillis(50);
        try (ReplicationLag lag = new ReplicationLag(servers, data.database(), System.nanoTime(), interval, interval)) {
            lag.start();
        }
        Replication.awaitConvergence(servers, DEADLINE);
        String tables = "SELECT GROUP_CONCAT(TABLE_NAME ORDER BY TABLE_NAME) FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = '" + data.database() + "'";
        assertThat(TestSql.query(applies, tables))
                .isEqualTo(MarkedDatabase.TABLES.stream().sorted().collect(Collectors.joining(",")));
        database.remove();
        Replication.awaitConvergence(servers, DEADLINE);
        assertThat(has(applies, data.database())).isFalse();
    }

    private static void filter(String filter) throws SQLException {
        Replication.stopApplier(replica);
        TestSql.execute(replica, "CHANGE REPLICATION FILTER " + filter);
        Replication.startApplier(replica);
        Replication.awaitRunning(replica, DEADLINE);
    }

    private static boolean has(Node node, String database) throws SQLException {
        return !TestSql.query(
                        node, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + database + "'")
                .equals("0");
    }

    private static void onlyOn(Node node, String sql) throws SQLException {
        boolean replicas = node.equals(replica);
        TestSql.execute(
                node,
                "SET GLOBAL read_only = OFF",
                "SET sql_log_bin = 0",
                sql,
                "SET GLOBAL super_read_only = " + (replicas ? "ON" : "OFF"));
    }
}
