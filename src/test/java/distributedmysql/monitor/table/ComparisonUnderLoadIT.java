package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comparisons while several threads insert, update and delete. */
class ComparisonUnderLoadIT {
    private static final int ROWS = 20_000;
    private static final String FILL =
            " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ") SELECT ";
    private static final Duration LOAD = Duration.ofSeconds(5);

    private ComparedTables tables;

    @BeforeEach
    void createTables() throws Exception {
        tables = new ComparedTables("table_load_it");
        tables.onPrimary(
                "SET SESSION cte_max_recursion_depth = 100000",
                "CREATE TABLE keyed (id INT AUTO_INCREMENT PRIMARY KEY, flag BOOLEAN, v VARCHAR(200))",
                "INSERT INTO keyed" + FILL + "i, FALSE, REPEAT('x', 150) FROM n",
                "CREATE TABLE named (name VARCHAR(30) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v INT)",
                "INSERT INTO named" + FILL + "CONCAT('Name', i), i FROM n",
                "CREATE TABLE keyless (flag BOOLEAN, v INT, INDEX (v))",
                "INSERT INTO keyless" + FILL + "FALSE, i DIV 2 FROM n");
    }

    @AfterEach
    void dropTables() throws Exception {
        tables.close();
    }

    /** Rows up to 100 are left alone; the next 20 flip between two values, so that "unchanged" cannot be guessed. */
    private static String writeKeyed(ThreadLocalRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> "INSERT INTO keyed (flag, v) VALUES (FALSE, UUID())";
            case 1 -> "DELETE FROM keyed WHERE id = " + random.nextInt(121, ROWS);
            case 2 -> "UPDATE keyed SET v = UUID() WHERE id = " + random.nextInt(121, ROWS);
            default -> "UPDATE keyed SET flag = NOT flag WHERE id = " + random.nextInt(101, 121);
        };
    }

    private static String writeNamed(ThreadLocalRandom random) {
        String name = "'" + (random.nextBoolean() ? "name" : "NAME") + random.nextInt(101, 121) + "'";
        return switch (random.nextInt(3)) {
            case 0 -> "DELETE FROM named WHERE name = " + name;
            case 1 -> "UPDATE named SET name = " + name + " WHERE name = " + name;
            default -> "REPLACE INTO named VALUES (" + name + ", " + random.nextInt(3) + ")";
        };
    }

    private static String writeKeyless(ThreadLocalRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> "INSERT INTO keyless VALUES (TRUE, " + random.nextInt(101, 121) + ")";
            case 1 -> "DELETE FROM keyless WHERE v = " + random.nextInt(101, 121) + " LIMIT 1";
            default -> "UPDATE keyless SET flag = NOT flag WHERE v = " + random.nextInt(101, 121) + " LIMIT 1";
        };
    }

    @Test
    void aCleanPairHasNoDifferenceWhileWritersRun() throws Exception {
        try (PrimaryWriters writers = new PrimaryWriters(tables, 4, ComparisonUnderLoadIT::writeKeyed)) {
            TableDeadline end = TableDeadline.in(LOAD);
            int comparisons = 0;
            long before = writers.written();
            do {
                TableChecksum checksum = tables.compare("keyed");
                assertThat(checksum.firstDifferences()).isEmpty();
                assertThat(TableChecksumCheck.check(List.of(checksum)).verdict())
                        .as(checksum.toString())
                        .isEqualTo(Verdict.VALID);
                comparisons++;
            } while (!end.passed() || comparisons < 3);
            assertThat(writers.written()).isGreaterThan(before);
        }
    }

    @Test
    void aCleanPairUnderACaseInsensitiveKeyHasNoDifferenceWhileWritersRun() throws Exception {
        try (PrimaryWriters writers = new PrimaryWriters(tables, 3, ComparisonUnderLoadIT::writeNamed)) {
            TableDeadline end = TableDeadline.in(LOAD);
            do {
                TableChecksum checksum = tables.compare("named");
                assertThat(checksum.differs()).as(checksum.toString()).isFalse();
                assertThat(checksum.incomplete()).isEmpty();
            } while (!end.passed());
            assertThat(writers.written()).isPositive();
        }
    }

    @Test
    void exactlyThePlantedDifferencesAreFoundWhileWritersRun() throws Exception {
        tables.onReplicaOnly(
                "UPDATE keyed SET v = 'planted' WHERE id = 50",
                "DELETE FROM keyed WHERE id = 60",
                "INSERT INTO keyed VALUES (-1, TRUE, 'planted')",
                "UPDATE named SET name = 'NAME7' WHERE name = 'name7'");
        try (PrimaryWriters writers = new PrimaryWriters(tables, 4, ComparisonUnderLoadIT::writeKeyed);
                PrimaryWriters others = new PrimaryWriters(tables, 2, ComparisonUnderLoadIT::writeNamed)) {
            for (int i = 0; i < 3; i++) {
                TableChecksum keyed = tables.compare("keyed");
                assertThat(keyed.incomplete()).isEmpty();
                assertThat(ComparedTables.keys(keyed, Kind.DIFFERING)).containsExactly("50");
                assertThat(ComparedTables.keys(keyed, Kind.MISSING)).containsExactly("60");
                assertThat(ComparedTables.keys(keyed, Kind.EXTRA)).containsExactly("-1");
                assertThat(keyed.differences()).isEqualTo(3);
                TableChecksum named = tables.compare("named");
                assertThat(named.firstDifferences()).hasSize(1);
                assertThat(ComparedTables.keys(named, Kind.DIFFERING)).containsExactly("'Name7'");
            }
            assertThat(writers.written() + others.written()).isPositive();
        }
    }

    @Test
    void aThousandPlantedDifferencesAreConfirmedWhileWritersRun() throws Exception {
        tables.onPrimary("CREATE TABLE many LIKE keyed", "INSERT INTO many SELECT * FROM keyed");
        tables.onReplicaOnly("UPDATE many SET flag = TRUE WHERE id BETWEEN 5001 AND 6000");
        try (PrimaryWriters writers = new PrimaryWriters(tables, 3, ComparisonUnderLoadIT::writeKeyed)) {
            TableChecksum checksum = tables.compare("many");

            assertThat(checksum.incomplete()).isEmpty();
            assertThat(ComparedTables.keys(checksum, Kind.DIFFERING))
                    .hasSize(1000)
                    .contains("5001", "6000");
            assertThat(checksum.differences()).isEqualTo(1000);
            assertThat(writers.written()).isPositive();
        }
    }

    @Test
    void aTableWithoutAKeyIsComparedWhileWritersRun() throws Exception {
        try (PrimaryWriters writers = new PrimaryWriters(tables, 3, ComparisonUnderLoadIT::writeKeyless)) {
            TableChecksum clean = tables.compare("keyless");
            assertThat(clean.incomplete()).isEmpty();
            assertThat(clean.differs()).as(clean.toString()).isFalse();
            tables.onReplicaOnly("DELETE FROM keyless WHERE v = 5 LIMIT 1");

            TableChecksum planted = tables.compare("keyless");

            assertThat(planted.incomplete()).isEmpty();
            assertThat(planted.firstDifferences()).hasSize(1);
            assertThat(ComparedTables.keys(planted, Kind.MISSING))
                    .containsExactly("row 0,5 (2 on the primary, 1 on the replica)");
            assertThat(writers.written()).isPositive();
        }
    }
}
