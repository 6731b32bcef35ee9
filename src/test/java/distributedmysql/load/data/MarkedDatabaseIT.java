package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.DataSettings;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarkedDatabaseIT {
    private static final String NAME = "distributed_mysql_test_own_it";
    private static final String TABLES =
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '" + NAME + "'";
    private static final String DATABASES =
            "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + NAME + "'";

    private final ReplicaSet replicaSet = TestServers.shared();
    private final Node primary = replicaSet.primary();
    private final MarkedDatabase database = new MarkedDatabase(replicaSet, NAME);

    @BeforeEach
    @AfterEach
    void dropDatabase() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + NAME);
    }

    @Test
    void anAbsentDatabaseIsMadeAndMarkedWithItsMaker() throws SQLException {
        database.prepare();

        assertThat(number("SELECT version FROM " + NAME + "._distributed_mysql_test WHERE made_by = CURRENT_USER()"
                        + " AND ABS(TIMESTAMPDIFF(MINUTE, made_at, UTC_TIMESTAMP())) < 5"))
                .isEqualTo(1);
    }

    @Test
    void aMarkedDatabaseIsAcceptedAndWhatIsInItLeftAlone() throws SQLException {
        database.prepare();
        execute("CREATE TABLE " + NAME + ".notes (id INT PRIMARY KEY)");
        execute("INSERT INTO " + NAME + ".notes VALUES (1)");

        new MarkedDatabase(replicaSet, NAME).prepare();
        database.recreate(GameSchema.TABLES);

        assertThat(number("SELECT COUNT(*) FROM " + NAME + ".notes")).isEqualTo(1);
    }

    @Test
    void tablesAreMadeAnewAndEmpty() throws SQLException {
        database.prepare();
        database.recreate(GameSchema.TABLES);
        execute("INSERT INTO " + NAME + ".inventory VALUES (1, 1, 1, 1, 'x')");

        database.recreate(GameSchema.TABLES);

        assertThat(number("SELECT COUNT(*) FROM " + NAME + ".inventory")).isZero();
        assertThat(number(TABLES)).isEqualTo(4);
    }

    @Test
    void anUnmarkedDatabaseIsRefusedAndUntouched() throws SQLException {
        execute("CREATE DATABASE " + NAME);
        execute("CREATE TABLE " + NAME + ".players (id INT PRIMARY KEY)");
        execute("INSERT INTO " + NAME + ".players VALUES (42)");
        String before = gtidExecuted();
        DataSettings settings = new DataSettings(NAME, 1, 0.01, 100);

        assertRefused(database::prepare);
        assertRefused(() -> database.recreate(GameSchema.TABLES));
        assertRefused(database::remove);
        assertRefused(() -> new DataLoader(Shards.only(replicaSet), settings, line -> {}).load());

        assertThat(gtidExecuted()).as("nothing was written").isEqualTo(before);
        assertThat(number("SELECT id FROM " + NAME + ".players")).isEqualTo(42);
        assertThat(number(TABLES)).isEqualTo(1);
    }

    @Test
    void aTableOfTheMarkersNameIsNoMark() throws SQLException {
        execute("CREATE DATABASE " + NAME);
        execute("CREATE TABLE " + NAME + "._distributed_mysql_test (id INT PRIMARY KEY)");
        assertRefused(database::prepare);

        execute("DROP TABLE " + NAME + "._distributed_mysql_test");
        execute("CREATE TABLE " + NAME + "._distributed_mysql_test (framework VARCHAR(9) PRIMARY KEY, version INT)");
        assertRefused(database::prepare);
    }

    @Test
    void aDatabaseThatOnlyAReplicaHasIsRefusedThere() throws SQLException {
        Node replica = replicaSet.replicas().get(0);
        // The DROP before this test must not come to the replica after the CREATE there.
        Replication.awaitConvergence(replicaSet, Duration.ofMinutes(1));
        String before = gtidExecuted();
        onReplica(replica, "CREATE DATABASE " + NAME);
        try {
            assertThatThrownBy(database::prepare)
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith(replica + ": the database " + NAME + " exists");
            assertThat(gtidExecuted()).as("nothing was written").isEqualTo(before);
        } finally {
            onReplica(replica, "DROP DATABASE " + NAME);
        }
    }

    @Test
    void removingTwiceIsRemovingOnce() throws SQLException {
        database.prepare();

        database.remove();
        assertThat(number(DATABASES)).isZero();
        database.remove();
        assertThat(number(DATABASES)).isZero();
    }

    @Test
    void tablesNeedAPreparedDatabase() {
        assertThatThrownBy(() -> database.recreate(List.of(GameSchema.PLAYERS)))
                .isInstanceOf(TopologyException.class)
                .hasMessage(primary + ": there is no database " + NAME);
    }

    @Test
    void whatTheServerRefusesIsToldWithNodeAndDatabase() {
        String tooLong = "x".repeat(65);

        assertThatThrownBy(() -> new MarkedDatabase(replicaSet, tooLong).prepare())
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(primary + ": cannot create database " + tooLong)
                .hasMessageContaining("error 1059");
    }

    private void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(primary + ": the database " + NAME + " exists and was not made by")
                .hasMessageContaining("data.database")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private String gtidExecuted() throws SQLException {
        return text("SELECT @@GLOBAL.gtid_executed");
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Without a trace in the binary log, so that replication stays as it was. */
    private static void onReplica(Node replica, String sql) throws SQLException {
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL super_read_only = OFF");
            try {
                statement.execute("SET SESSION sql_log_bin = OFF");
                statement.execute(sql);
            } finally {
                statement.execute("SET GLOBAL super_read_only = ON");
            }
        }
    }
}
