package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables without a primary key, tables on one side only, and definitions that differ. */
class KeylessAndDefinitionsIT {
    private ComparedTables tables;

    @BeforeEach
    void createDatabase() throws Exception {
        tables = new ComparedTables("table_keyless_it");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        tables.close();
    }

    @Test
    void duplicatesCountWhereThereIsNoKey() throws Exception {
        tables.onPrimary(
                "CREATE TABLE t (prefix VARCHAR(9), digest INT)",
                "INSERT INTO t VALUES ('a', 1), ('a', 1), ('a', 1), ('b', 1), (NULL, 2), ('', 2), ('c', 3), ('c', 3)");
        assertThat(tables.compare("t").differs()).isFalse();
        tables.onReplicaOnly(
                "DELETE FROM t WHERE prefix = 'a' LIMIT 1",
                "INSERT INTO t VALUES ('b', 1)",
                "DELETE FROM t WHERE prefix = 'c'",
                "UPDATE t SET prefix = '' WHERE prefix IS NULL");

        TableChecksum checksum = tables.compare("t");

        assertThat(ComparedTables.keys(checksum, Kind.MISSING))
                .containsExactlyInAnyOrder(
                        "row 1:a,1 (3 on the primary, 2 on the replica)",
                        "row 1:c,3 (2 on the primary, 0 on the replica)",
                        "row N,2 (1 on the primary, 0 on the replica)");
        assertThat(ComparedTables.keys(checksum, Kind.EXTRA))
                .containsExactlyInAnyOrder(
                        "row 1:b,1 (1 on the primary, 2 on the replica)",
                        "row 0:,2 (1 on the primary, 2 on the replica)");
        assertThat(checksum.missing()).isEqualTo(4);
        assertThat(checksum.extra()).isEqualTo(2);
        assertThat(checksum.rows()).isEqualTo(8);
    }

    @Test
    void aSwapOfTwoPairsOfEqualRowsDoesNotCancelOut() throws Exception {
        tables.onPrimary("CREATE TABLE t (v INT)", "INSERT INTO t VALUES (1), (1), (2)");
        tables.onReplicaOnly("UPDATE t SET v = 3 WHERE v = 1");

        assertThat(tables.compare("t").differences()).isEqualTo(4);
    }

    @Test
    void aUniqueKeyWithoutNullStandsInForAPrimaryKey() throws Exception {
        tables.onPrimary(
                "CREATE TABLE t (a INT, b INT NOT NULL, c VARCHAR(20) NOT NULL, UNIQUE (a), UNIQUE (c(3)), UNIQUE (b))",
                "INSERT INTO t VALUES (NULL, 1, 'abc'), (NULL, 2, 'bcd'), (3, 3, 'cde')");
        tables.onReplicaOnly("DELETE FROM t WHERE b = 2");

        assertThat(ComparedTables.keys(tables.compare("t"), Kind.MISSING)).containsExactly("2");
    }

    @Test
    void tablesOnOneSideOnlyAndOtherDefinitionsAreReported() throws Exception {
        tables.onPrimary(
                "CREATE TABLE gone (id INT PRIMARY KEY)",
                "CREATE TABLE wider (id INT PRIMARY KEY)",
                "CREATE TABLE typed (id INT PRIMARY KEY, v INT)",
                "CREATE TABLE collated (id INT PRIMARY KEY, v VARCHAR(9) COLLATE utf8mb4_0900_ai_ci)",
                "CREATE TABLE rekeyed (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a))",
                "CREATE TABLE indexed (id INT PRIMARY KEY, v INT)",
                "CREATE VIEW looking AS SELECT * FROM typed");
        tables.onReplicaOnly(
                "DROP TABLE gone",
                "CREATE TABLE local (id INT PRIMARY KEY)",
                "ALTER TABLE wider ADD COLUMN more INT",
                "ALTER TABLE typed MODIFY v BIGINT",
                "ALTER TABLE collated MODIFY v VARCHAR(9) COLLATE utf8mb4_bin",
                "ALTER TABLE rekeyed DROP PRIMARY KEY, ADD PRIMARY KEY (a, b)",
                "ALTER TABLE indexed ADD INDEX (v)");
        String replica = tables.replica.name();

        Map<String, TableChecksum> byTable = new TableComparison(ComparedTables.SETTINGS)
                .compareAll(tables.replicaSet, tables.database).stream()
                        .filter(each -> each.replica().equals(replica))
                        .collect(Collectors.toMap(TableChecksum::table, Function.identity()));

        assertThat(byTable).hasSize(7).doesNotContainKey("looking");
        assertThat(byTable.get("indexed").differs()).isFalse();
        assertThat(byTable.get("gone").definition()).contains("the table is on the primary, not on " + replica);
        assertThat(byTable.get("local").definition()).contains("the table is on " + replica + ", not on the primary");
        assertThat(byTable.get("wider").definition()).contains("column more is on " + replica + ", not on the primary");
        assertThat(byTable.get("typed").definition()).contains("column v is int on the primary, bigint on " + replica);
        assertThat(byTable.get("collated").definition()).get().asString().contains("utf8mb4_0900_ai_ci", "utf8mb4_bin");
        assertThat(byTable.get("rekeyed").definition())
                .contains("the key PRIMARY (`a`) of the primary is not on " + replica);
        CheckResult result = TableChecksumCheck.check(List.copyOf(byTable.values()));
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void whatCannotBeComparedIsUnknown() throws Exception {
        tables.onPrimary("CREATE TABLE old (id INT PRIMARY KEY) ENGINE = MyISAM");

        TableChecksum myIsam = tables.compare("old");
        TableChecksum absent = tables.compare("absent");

        assertThat(myIsam.incomplete()).get().asString().contains("MyISAM");
        assertThat(absent.incomplete()).get().asString().contains("no such table");
        assertThat(TableChecksumCheck.check(List.of(myIsam)).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(TableChecksumCheck.check(List.of(absent)).verdict()).isEqualTo(Verdict.UNKNOWN);
    }
}
