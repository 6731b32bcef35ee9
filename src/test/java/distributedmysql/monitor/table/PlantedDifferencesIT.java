package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Differences planted on the replica only, while nobody writes: exactly those keys are named. */
class PlantedDifferencesIT {
    private static final String NUMBERS =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)";

    private ComparedTables tables;

    @BeforeEach
    void createDatabase() throws Exception {
        tables = new ComparedTables("table_planted_it");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void changedDeletedAndAddedRowsAreNamedExactly(int k) throws Exception {
        tables.onPrimary(
                "CREATE TABLE rows_of_k (id INT PRIMARY KEY, v VARCHAR(40))",
                "SET SESSION cte_max_recursion_depth = 20000",
                "INSERT INTO rows_of_k " + NUMBERS.formatted(20_000) + " SELECT i * 2, CONCAT('value ', i) FROM n");
        tables.onReplicaOnly(
                "UPDATE rows_of_k SET v = UPPER(v) WHERE id BETWEEN 2 AND " + 2 * k,
                "DELETE FROM rows_of_k WHERE id > 10000 AND id <= " + (10_000 + 2 * k),
                "INSERT INTO rows_of_k SELECT id + 20001, v FROM rows_of_k WHERE id BETWEEN 2 AND " + 2 * k);

        TableChecksum checksum = tables.compare("rows_of_k");

        assertThat(ComparedTables.keys(checksum, Kind.DIFFERING)).isEqualTo(evenNumbers(0, k, 0));
        assertThat(ComparedTables.keys(checksum, Kind.MISSING)).isEqualTo(evenNumbers(10_000, k, 0));
        assertThat(ComparedTables.keys(checksum, Kind.EXTRA)).isEqualTo(evenNumbers(20_000, k, 1));
        assertThat(List.of(checksum.differing(), checksum.missing(), checksum.extra()))
                .containsOnly((long) k);
        assertThat(checksum.rows()).isEqualTo(20_000);
        assertThat(TableChecksumCheck.check(List.of(checksum)).verdict()).isEqualTo(Verdict.INVALID);
    }

    private static Set<String> evenNumbers(int above, int count, int add) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Integer.toString(above + 2 * i + add))
                .collect(Collectors.toSet());
    }

    @Test
    void fewerKeysAreNamedThanCountedWhenTheLimitSaysSo() throws Exception {
        tables.onPrimary(
                "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t " + NUMBERS.formatted(100) + " SELECT i FROM n");
        tables.onReplicaOnly("DELETE FROM t WHERE id > 10");

        TableChecksum checksum = tables.compare(
                "t", new ComparisonSettings(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMinutes(1), 3));

        assertThat(checksum.missing()).isEqualTo(90);
        assertThat(checksum.firstDifferences()).hasSize(3);
    }

    @Test
    void manyMoreRowsOnTheReplicaThanAPageHoldsAreCounted() throws Exception {
        tables.onPrimary("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (1000000)");
        tables.onReplicaOnly(
                "SET SESSION cte_max_recursion_depth = 20000",
                "INSERT INTO t " + NUMBERS.formatted(9_999) + " SELECT 1 + i FROM n",
                "INSERT INTO t VALUES (-5), (2000000)");

        TableChecksum checksum = tables.compare("t");

        assertThat(checksum.extra()).isEqualTo(10_001);
        assertThat(checksum.missing() + checksum.differing()).isZero();
        assertThat(ComparedTables.keys(checksum, Kind.EXTRA)).contains("-5", "2", "10000");
    }

    @Test
    void aTableThatIsEmptyOnOneSideIsFoundAndOnBothSidesIsEqual() throws Exception {
        tables.onPrimary(
                "CREATE TABLE emptied (id INT PRIMARY KEY)",
                "INSERT INTO emptied VALUES (1), (2)",
                "CREATE TABLE filled (id INT PRIMARY KEY)",
                "CREATE TABLE void (id INT PRIMARY KEY)",
                "CREATE TABLE void_keyless (id INT)");
        tables.onReplicaOnly("DELETE FROM emptied", "INSERT INTO filled VALUES (3)");

        assertThat(tables.compare("emptied").missing()).isEqualTo(2);
        assertThat(ComparedTables.keys(tables.compare("filled"), Kind.EXTRA)).containsExactly("3");
        assertThat(TableChecksumCheck.check(List.of(tables.compare("void"), tables.compare("void_keyless")))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void keysThatNeedQuotingAndHaveSeveralColumnsWork() throws Exception {
        tables.onPrimary(
                "CREATE TABLE `a``b c` (`key` ENUM('z', 'm', 'a'), `select``` VARCHAR(20), `when` DATETIME(3),"
                        + " v INT, PRIMARY KEY (`key`, `select```, `when`))",
                "INSERT INTO `a``b c` " + NUMBERS.formatted(900)
                        + " SELECT ELT(1 + i % 3, 'a', 'm', 'z'), CONCAT('k''\\\\', i % 7),"
                        + " '2024-01-01' + INTERVAL i * 1000 MICROSECOND, i FROM n");
        tables.onReplicaOnly(
                "UPDATE `a``b c` SET v = 0 WHERE v = 500",
                "DELETE FROM `a``b c` WHERE v = 6",
                "INSERT INTO `a``b c` VALUES ('z', '', '2024-01-01', 1)");

        TableChecksum checksum = tables.compare(
                "a`b c", new ComparisonSettings(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMinutes(1), 9));

        assertThat(ComparedTables.keys(checksum, Kind.DIFFERING))
                .containsExactly("(1, 'k'\\3', '2024-01-01 00:00:00.500')");
        assertThat(ComparedTables.keys(checksum, Kind.MISSING))
                .containsExactly("(3, 'k'\\6', '2024-01-01 00:00:00.006')");
        assertThat(ComparedTables.keys(checksum, Kind.EXTRA)).containsExactly("(1, '', '2024-01-01 00:00:00.000')");
    }

    @Test
    void aYearAndASetAreKeysByTheirNumbers() throws Exception {
        tables.onPrimary(
                "CREATE TABLE t (y YEAR, s SET('b', 'a'), PRIMARY KEY (s, y))",
                "INSERT INTO t VALUES (0, ''), (1901, ''), (2155, 'a'), (2000, 'a,b'), (2001, 'b'), (2002, 'b')");
        tables.onReplicaOnly("DELETE FROM t WHERE y IN (0, 2155)");

        assertThat(ComparedTables.keys(tables.compare("t"), Kind.MISSING))
                .containsExactlyInAnyOrder("(0, 0000)", "(2, 2155)");
    }

    @Test
    void underACaseInsensitiveKeyCaseIsContentAndNotAnotherKey() throws Exception {
        tables.onPrimary(
                "CREATE TABLE t (name VARCHAR(20) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO t VALUES ('alice', 'x'), ('Bob', 'x'), ('carol', 'x'), ('Dave', 'x'), ('é', 'x')");
        tables.onReplicaOnly(
                "UPDATE t SET name = 'ALICE' WHERE name = 'alice'",
                "UPDATE t SET v = 'X' WHERE name = 'bob'",
                "DELETE FROM t WHERE name = 'DAVE'",
                "INSERT INTO t VALUES ('Eve', '')");

        TableChecksum checksum = tables.compare("t");

        assertThat(ComparedTables.keys(checksum, Kind.DIFFERING)).containsExactlyInAnyOrder("'alice'", "'Bob'");
        assertThat(checksum.differing()).isEqualTo(2);
        assertThat(ComparedTables.keys(checksum, Kind.MISSING)).containsExactly("'Dave'");
        assertThat(ComparedTables.keys(checksum, Kind.EXTRA)).containsExactly("'Eve'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VARBINARY(32)|UNHEX(SHA2(i, 256))",
                "BINARY(16)|UNHEX(LPAD(HEX(i), 32, '0'))",
                "VARCHAR(40) CHARACTER SET latin1|CONCAT('é', i)",
                "VARCHAR(40) CHARACTER SET utf16|CONCAT('é', i)",
                "DECIMAL(20,5)|i / 7",
                "TIMESTAMP(6)|'2024-03-31 00:00:00' + INTERVAL i * 7001 MICROSECOND",
                "TIME(6)|SEC_TO_TIME(i / 3)",
                "DATE|'1000-01-01' + INTERVAL i DAY",
                "DATETIME|IF(i = 1, '0000-00-00 00:00:00', '2024-01-01' + INTERVAL i SECOND)",
                "TIME(1)|SEC_TO_TIME(-800 * 3600 - i / 10)",
                "BIT(64)|18446744073709551615 - i",
                "BIGINT UNSIGNED|18446744073709551615 - i",
                "DOUBLE|i / 3",
                "FLOAT|i / 3"
            })
    void keysOfAnyTypeAreWalkedInManyChunks(String typeAndValue) throws Exception {
        String[] parts = typeAndValue.split("\\|");
        tables.onPrimary(
                "CREATE TABLE t (k " + parts[0] + " PRIMARY KEY, v INT)",
                "SET SESSION cte_max_recursion_depth = 20000, time_zone = '+00:00', sql_mode = ''",
                "INSERT INTO t " + NUMBERS.formatted(5_000) + " SELECT " + parts[1] + ", i FROM n");
        ComparisonSettings smallChunks =
                new ComparisonSettings(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMinutes(1), 9);

        TableChecksum clean = tables.compare("t", smallChunks);
        tables.onReplicaOnly("DELETE FROM t WHERE v IN (1, 2500, 5000)");
        TableChecksum differing = tables.compare("t", smallChunks);

        assertThat(clean.incomplete()).isEmpty();
        assertThat(clean.differs()).isFalse();
        assertThat(clean.rows()).isEqualTo(5_000);
        assertThat(differing.missing()).isEqualTo(3);
        assertThat(differing.differences()).isEqualTo(3);
    }
}
