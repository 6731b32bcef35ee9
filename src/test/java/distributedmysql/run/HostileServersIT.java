package distributedmysql.run;

import static distributedmysql.history.Strategy.REPLICA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.config.DataSettings;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.consistency.PlayedProbes;
import distributedmysql.experiment.consistency.Probes;
import distributedmysql.experiment.consistency.ProbesSimulation;
import distributedmysql.history.TableChecksum;
import distributedmysql.ledger.LedgerTable;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.ConnectionStep;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.StepMeasurement;
import distributedmysql.load.data.DataLoader;
import distributedmysql.load.data.KeptData;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.mysql.Node;
import distributedmysql.topology.HostileDefaults;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.ExternalTopology;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known of these servers comes out, whatever their global defaults. */
@OwnServers
class HostileServersIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final TableComparison COMPARISON = new TableComparison(
            new ComparisonSettings(Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(1), 100));
    private static final String PASSWORD = "guest-of-hostile-servers";
    private static final String DIGITS =
            "(SELECT 0 n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL"
                    + " SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    /** 3,000 rows of a number, texts and moments. */
    private static final String ROWS = " SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n, CONCAT('x', a.n), 1 / 3,"
            + " '2026-03-29 02:30:00.123456' FROM " + DIGITS + " a, " + DIGITS + " b, " + DIGITS + " c, " + DIGITS
            + " d WHERE d.n < 3";

    private static final String COLUMNS = ", c CHAR(9), f DOUBLE, m TIMESTAMP(6)) CHARSET=utf8mb4";

    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    @TempDir
    Path directory;

    @BeforeAll
    static void start(ReplicaSet servers) throws Exception {
        replicaSet = servers;
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        List<String> statements = new ArrayList<>(List.of("CREATE DATABASE shop", "CREATE DATABASE many"));
        for (String name : List.of("same", "other")) {
            statements.add("CREATE TABLE shop." + name + " (id INT PRIMARY KEY" + COLUMNS);
            statements.add("INSERT INTO shop." + name + ROWS);
            statements.add("CREATE TABLE shop." + name + "_keyless (id INT" + COLUMNS);
            statements.add("INSERT INTO shop." + name + "_keyless" + ROWS);
        }
        for (int i = 1; i <= 120; i++) {
            statements.add("CREATE TABLE many." + many(i) + " (id INT PRIMARY KEY)");
        }
        statements.addAll(List.of(
                "CREATE USER guest IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION CLIENT ON *.* TO guest",
                "GRANT SELECT ON performance_schema.* TO guest",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `distributed\\_mysql\\_test`.* TO guest"));
        TestSql.execute(primary, statements.toArray(String[]::new));
        Replication.awaitConvergence(replicaSet, DEADLINE);
        onReplicaOnly(
                "UPDATE shop.other SET c = 'y' WHERE id = 2777",
                "UPDATE shop.other_keyless SET c = 'y' WHERE id IN (500, 1500, 2500)",
                "INSERT INTO many." + many(119) + " VALUES (7)");
    }

    private static String many(int number) {
        return String.format("t%03d", number);
    }

    @AfterEach
    void reset() throws SQLException {
        HostileDefaults.reset(replicaSet);
    }

    @ParameterizedTest
    @EnumSource
    void whatDiffersIsNamedAndWhatIsEqualIsValid(HostileDefaults defaults) throws Exception {
        defaults.set(replicaSet);

        List<TableChecksum> tables = COMPARISON.compareAll(replicaSet, "shop");

        assertThat(tables).hasSize(4).allMatch(table -> table.incomplete().isEmpty() && table.rows() == 3000);
        assertThat(tables.stream().filter(TableChecksum::differs).toList())
                .extracting(
                        TableChecksum::table, TableChecksum::differing, TableChecksum::missing, TableChecksum::extra)
                .containsExactlyInAnyOrder(tuple("other", 1L, 0L, 0L), tuple("other_keyless", 0L, 3L, 3L));
        assertThat(tables.get(0).firstDifferences().get(0).key()).isEqualTo("2777");
        assertThat(TableChecksumCheck.check(tables.stream()
                                .filter(table -> !table.differs())
                                .toList())
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Tag("nightly")
    @Test
    void the119thOf120TablesIsCompared() throws Exception {
        HostileDefaults.SELECT_LIMIT.set(replicaSet);

        List<TableChecksum> tables = COMPARISON.compareAll(replicaSet, "many");

        assertThat(tables).hasSize(120);
        assertThat(tables.stream().filter(TableChecksum::differs))
                .extracting(TableChecksum::table)
                .containsExactly(many(119));
        CheckResult result = TableChecksumCheck.check(tables);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("many.t119 on node2: 0 rows differing, 0 missing, 1 extra");
    }

    // A whole run under the other sets: HostileSimulationIT.
    @ParameterizedTest
    @EnumSource(names = {"SELECT_LIMIT", "MODES", "UNCOMMITTED_READ_ONLY"})
    void whatIsWrittenIsThere(HostileDefaults defaults) throws Exception {
        defaults.set(replicaSet);
        Settings settings = external();
        String database = settings.data().database();
        ReplicaSet found = new ExternalTopology(settings, Map.of("MYSQL_PASSWORD", PASSWORD), line -> {})
                .start()
                .replicaSet();
        DataSettings data = settings.data();

        DataLoader.Loaded loaded = new DataLoader(Shards.only(found), data, line -> {}).load();

        assertThat(loaded.rows()).isPositive();
        assertThat(KeptData.look(Shards.only(found), data)).isEqualTo(new KeptData(true, Optional.empty()));
        LedgerTable ledger = new LedgerTable(MarkedDatabase.quoted(database));
        ledger.create(found.primary());
        try (ConnectionPools pools = new ConnectionPools(found, database, settings.connection());
                HeldConnection connection = pools.of(found.primary()).take()) {
            PreparedStatement insert = connection.statement(ledger.insert());
            for (int id = 1; id <= 700; id++) {
                insert.setInt(1, id);
                insert.executeUpdate();
            }
        }
        Replication.awaitConvergence(found, DEADLINE);
        assertThat(found.nodes()).allMatch(node -> ledger.ids(node).cardinality() == 700);
        StepMeasurement step = new ConnectionStep(found.primary(), database, settings.connection(), 3, connection -> {
                    try (PreparedStatement read = connection.prepareStatement("SELECT 'a\\'b' || '', \"c\"")) {
                        read.executeQuery().close();
                    }
                })
                .run(Duration.ZERO, Duration.ofMillis(100));
        assertThat(step.failures()).isEmpty();
        assertThat(step.opened()).isEqualTo(3);
        assertThat(COMPARISON.compareAll(found, database))
                .allMatch(table -> !table.differs() && table.incomplete().isEmpty());
        new MarkedDatabase(found, database).remove();
    }

    private static Settings external() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "profile", "quick",
                "topology", "external",
                "external.user", "guest",
                "external.primary", primary.address().toString(),
                "external.replicas", replica.address().toString(),
                "data.scale", "0.02"));
        return AllSettings.load(properties);
    }

    @Test
    void theOneWriteOfManyThatIsLostIsNamed() throws Exception {
        HostileDefaults.SELECT_LIMIT.set(replicaSet);
        Settings settings = TestServers.settings();
        String table = "`" + settings.data().database() + "`.probes";
        new MarkedDatabase(replicaSet, settings.data().database()).prepare();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        ProbesSimulation.Work work = new ProbesSimulation.Work(
                Collections.nCopies(1_400, new Probes.Round(REPLICA, replica, Duration.ZERO)),
                List.of(),
                List.of(),
                Duration.ofSeconds(1));
        PlayedProbes played =
                new PlayedProbes(replicaSet, settings, directory.resolve("history.jsonl.gz"), work, () -> {
                    Replication.awaitConvergence(replicaSet, DEADLINE);
                    onReplicaOnly("DELETE FROM " + table + " WHERE probe_key = 650");
                });

        assertThat(played.run().verdicts().lostWrites().lostKeys()).containsExactly(650L);
        assertThat(played.run().verdicts().lostWrites().unread()).isZero();
        assertThat(played.result("lost writes").verdict()).isEqualTo(Verdict.INVALID);
        assertThat(played.result("table checksums").evidence())
                .contains(".probes on node2: 0 rows differing, 1 missing, 0 extra");
        new MarkedDatabase(replicaSet, settings.data().database()).remove();
    }

    private static void onReplicaOnly(String... statements) throws SQLException {
        List<String> all = new ArrayList<>(List.of("SET GLOBAL super_read_only = OFF", "SET sql_log_bin = 0"));
        all.addAll(List.of(statements));
        all.add("SET GLOBAL super_read_only = ON");
        TestSql.execute(replica, all.toArray(String[]::new));
    }
}
