package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.config.HostPort;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns, tables, databases and servers that a comparison does not get to see. */
class HiddenIT {
    private static final String SHOW_GIPK = "show_gipk_in_create_table_and_information_schema = ";

    private ComparedTables tables;

    @BeforeEach
    void createTables() throws Exception {
        tables = new ComparedTables("table_hidden_it");
        tables.onPrimary(
                "CREATE TABLE seen (id INT PRIMARY KEY, v INT, secret INT, hidden INT INVISIBLE)",
                "INSERT INTO seen VALUES (1, 1, 1), (2, 2, 2)",
                "CREATE TABLE unseen (id INT PRIMARY KEY)",
                "DROP USER IF EXISTS looks_at_some",
                "CREATE USER looks_at_some IDENTIFIED BY 'looks'");
    }

    @AfterEach
    void dropTables() throws Exception {
        ComparedTables.global(tables.primary, SHOW_GIPK + "DEFAULT");
        ComparedTables.global(tables.replica, SHOW_GIPK + "DEFAULT");
        tables.onPrimary("DROP USER looks_at_some");
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({"OFF, ON", "ON, OFF", "OFF, OFF"})
    void aGeneratedInvisiblePrimaryKeyIsContentEverywhere(String onPrimary, String onReplica) throws Exception {
        tables.onPrimary(
                "SET SESSION sql_generate_invisible_primary_key = ON",
                "CREATE TABLE given_keys (v INT)",
                "INSERT INTO given_keys VALUES (1), (2), (3)",
                "GRANT SELECT ON " + tables.database + ".* TO looks_at_some");
        ComparedTables.global(tables.primary, SHOW_GIPK + onPrimary);
        ComparedTables.global(tables.replica, SHOW_GIPK + onReplica);

        TableChecksum equal = compareAsUser("given_keys");
        tables.onReplicaOnly("UPDATE given_keys SET my_row_id = 9 WHERE my_row_id = 3");
        TableChecksum differing = compareAsUser("given_keys");

        assertThat(ComparedTables.judge(equal).verdict()).as(equal.toString()).isEqualTo(Verdict.VALID);
        assertThat(ComparedTables.keys(differing, Kind.MISSING)).containsExactly("3");
        assertThat(ComparedTables.keys(differing, Kind.EXTRA)).containsExactly("9");
    }

    @Test
    void aTableOfWhichSomeColumnsMayNotBeReadIsUnknown() throws Exception {
        tables.onPrimary("GRANT SELECT (id, v) ON " + tables.database + ".seen TO looks_at_some");
        tables.onReplicaOnly("UPDATE seen SET secret = 9");

        TableChecksum checksum = compareAsUser("seen");

        assertThat(ComparedTables.judge(checksum).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(checksum.incomplete()).get().asString().contains("SELECT command denied");
    }

    /** Not even information_schema tells that there is an invisible column; the missing privilege on the database does. */
    @Test
    void anInvisibleColumnThatMayNotBeReadAndTablesThatMayNotBeSeenAreUnknown() throws Exception {
        tables.onPrimary("GRANT SELECT (id, v, secret) ON " + tables.database + ".seen TO looks_at_some");
        tables.onReplicaOnly("UPDATE seen SET hidden = 9", "INSERT INTO unseen VALUES (1)");

        List<TableChecksum> all = new TableComparison(ComparedTables.SETTINGS).compareAll(asUser(), tables.database);
        CheckResult result = TableChecksumCheck.check(all);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .contains(
                        "database " + tables.database + " on " + tables.replica.name(),
                        "no SELECT on the whole database on " + tables.primary);
        assertThat(all).extracting(TableChecksum::table).containsExactly(null, "seen");
    }

    @Test
    void tablesThatMayBeSeenOnOneSideOnlyAreUnknown() throws Exception {
        tables.onPrimary("GRANT SELECT ON " + tables.database + ".* TO looks_at_some");
        tables.onReplicaOnly("REVOKE SELECT ON " + tables.database + ".* FROM looks_at_some");
        CheckResult result;
        try {
            result = TableChecksumCheck.check(
                    new TableComparison(ComparedTables.SETTINGS).compareAll(asUser(), tables.database));
        } finally {
            tables.onReplicaOnly("GRANT SELECT ON " + tables.database + ".* TO looks_at_some");
        }

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .contains(
                        "there is no such database on " + tables.replica,
                        tables.database + ".seen on " + tables.replica.name());
    }

    @Test
    void aReplicaThatCannotBeReachedIsNamedBesideOneThatDiffers() throws Exception {
        ReplicaSet replicaSet = new ReplicaSet(tables.primary, List.of(tables.replica, unreachable()));
        tables.onReplicaOnly("DELETE FROM seen WHERE id = 2");

        List<TableChecksum> all = new TableComparison(ComparedTables.SETTINGS).compareAll(replicaSet, tables.database);
        CheckResult result = TableChecksumCheck.check(all);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .contains(
                        tables.database + ".seen on " + tables.replica.name() + ": 0 rows differing, 1 missing",
                        "not compared: database " + tables.database + " on gone: gone (127.0.0.1:1): ");
        assertThat(all).extracting(TableChecksum::table).containsExactly(null, "seen", "unseen");
    }

    @Test
    void aPrimaryThatCannotBeReachedAndADatabaseThatIsNotThereAreUnknown() {
        TableComparison comparison = new TableComparison(ComparedTables.SETTINGS);

        List<TableChecksum> unreachable =
                comparison.compareAll(new ReplicaSet(unreachable(), List.of(tables.replica)), tables.database);
        List<TableChecksum> absent = comparison.compareAll(tables.replicaSet, "no_such_database");

        assertThat(TableChecksumCheck.check(unreachable).evidence()).contains("gone (127.0.0.1:1): ");
        assertThat(TableChecksumCheck.check(absent).evidence())
                .contains("database no_such_database", "there is no such database on " + tables.primary);
    }

    private Node unreachable() {
        return new Node(
                "gone",
                new HostPort("127.0.0.1", 1),
                tables.primary.version(),
                "-",
                tables.primary.admin(),
                tables.primary.admin(),
                Optional.empty());
    }

    private ReplicaSet asUser() {
        return new ReplicaSet(
                ComparedTables.as(tables.primary, "looks_at_some", "looks"),
                List.of(ComparedTables.as(tables.replica, "looks_at_some", "looks")));
    }

    private TableChecksum compareAsUser(String table) {
        return new TableComparison(ComparedTables.SETTINGS)
                .compare(asUser(), tables.database, table)
                .get(0);
    }
}
