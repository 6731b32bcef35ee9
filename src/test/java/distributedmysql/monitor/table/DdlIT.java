package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comparisons while tables are made, dropped, replaced and changed, without a pause, on a replica that follows. */
class DdlIT {
    private static final ComparisonSettings SETTINGS =
            new ComparisonSettings(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(10), 9);
    private static final int LEAST_COMPARISONS = 40;
    private static final int THREADS = 2;
    private static final Duration LOAD = Duration.ofSeconds(12);
    private static final String FILL = " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
            + " SELECT i, i % 7 FROM n";
    /** What people do: staging, rebuilding, a column for a while, an index, emptying, exchanging, another type. */
    private static final List<List<String>> WORK = List.of(
            List.of(
                    "CREATE TABLE staging (id INT PRIMARY KEY, v INT)",
                    "INSERT INTO staging" + FILL,
                    "DROP TABLE staging"),
            List.of(
                    "DROP TABLE IF EXISTS rebuilt_old, rebuilt_new",
                    "CREATE TABLE rebuilt_new LIKE rebuilt",
                    "INSERT INTO rebuilt_new SELECT id, v + 1 FROM rebuilt",
                    "RENAME TABLE rebuilt TO rebuilt_old, rebuilt_new TO rebuilt"),
            List.of("ALTER TABLE widened ADD COLUMN more INT DEFAULT 5", "ALTER TABLE widened DROP COLUMN more"),
            List.of("ALTER TABLE indexed ADD UNIQUE INDEX u (v, id)", "ALTER TABLE indexed DROP INDEX u"),
            List.of("TRUNCATE emptied", "INSERT INTO emptied" + FILL),
            List.of("ALTER TABLE parts EXCHANGE PARTITION p0 WITH TABLE part", "UPDATE part SET v = v + 1"),
            List.of(
                    "ALTER TABLE typed MODIFY v VARCHAR(20), MODIFY id BIGINT",
                    "ALTER TABLE typed MODIFY v INT, MODIFY id INT"),
            List.of("DROP TABLE keyless", "CREATE TABLE keyless (id INT, v INT)", "INSERT INTO keyless" + FILL));

    private ComparedTables tables;

    @BeforeEach
    void createTables() throws Exception {
        tables = new ComparedTables("table_ddl_it");
        List<String> statements = new ArrayList<>();
        for (String table : List.of("rebuilt", "widened", "indexed", "emptied", "typed", "part", "still")) {
            statements.add("CREATE TABLE " + table + " (id INT PRIMARY KEY, v INT)");
            statements.add("INSERT INTO " + table + FILL);
        }
        statements.add("CREATE TABLE keyless (id INT, v INT)");
        statements.add("CREATE TABLE parts (id INT PRIMARY KEY, v INT) PARTITION BY RANGE (id)"
                + " (PARTITION p0 VALUES LESS THAN (1000), PARTITION p1 VALUES LESS THAN MAXVALUE)");
        tables.onPrimary(statements.toArray(String[]::new));
    }

    @AfterEach
    void dropTables() throws Exception {
        tables.close();
    }

    /** Each thread does its part of the work, over and over, without getting far ahead of the replica. */
    private PrimaryWriters work() {
        List<Iterator<String>> endless = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int part = i;
            endless.add(Stream.generate(() -> IntStream.range(0, WORK.size())
                            .filter(kind -> kind % THREADS == part)
                            .mapToObj(WORK::get)
                            .flatMap(List::stream))
                    .flatMap(Function.identity())
                    .iterator());
        }
        AtomicInteger next = new AtomicInteger();
        ThreadLocal<Iterator<String>> mine = ThreadLocal.withInitial(() -> endless.get(next.getAndIncrement()));
        return new PrimaryWriters(tables, THREADS, THREADS, random -> mine.get().next());
    }

    private Map<String, TableChecksum> compare() {
        return new TableComparison(SETTINGS)
                .compareAll(tables.replicaSet, tables.database).stream()
                        .filter(each -> each.replica().equals(tables.replica.name()))
                        .collect(Collectors.toMap(TableChecksum::table, Function.identity()));
    }

    @Test
    void aReplicaThatFollowsIsNeverInvalid() throws Exception {
        int comparisons = 0;
        try (PrimaryWriters ddl = work()) {
            TableDeadline end = TableDeadline.in(LOAD);
            do {
                for (TableChecksum each : compare().values()) {
                    assertThat(each.differs()).as(each.toString()).isFalse();
                    comparisons++;
                }
            } while (!end.passed() || comparisons < LEAST_COMPARISONS);
            assertThat(ddl.written()).isPositive();
        }
        tables.awaitReplica();
        assertThat(TableChecksumCheck.check(List.copyOf(compare().values())).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void lastingDifferencesAreNamedAllTheSame() throws Exception {
        tables.onPrimary("CREATE TABLE gone (id INT PRIMARY KEY)", "CREATE TABLE other (id INT PRIMARY KEY, v INT)");
        tables.onReplicaOnly(
                "DROP TABLE gone",
                "CREATE TABLE local (id INT PRIMARY KEY)",
                "ALTER TABLE other MODIFY v BIGINT",
                "UPDATE still SET v = -1 WHERE id = 250",
                "UPDATE widened SET v = -1 WHERE id = 123");
        String replica = tables.replica.name();
        try (PrimaryWriters ddl = work()) {
            Map<String, TableChecksum> found = compare();

            assertThat(found.get("gone").definition()).contains("the table is on the primary, not on " + replica);
            assertThat(found.get("local").definition()).contains("the table is on " + replica + ", not on the primary");
            assertThat(found.get("other").definition())
                    .contains("column v is int on the primary, bigint on " + replica);
            assertThat(ComparedTables.keys(found.get("still"), Kind.DIFFERING)).containsExactly("250");
            assertThat(ComparedTables.keys(found.get("widened"), Kind.DIFFERING))
                    .containsExactly("123");
            assertThat(found.values().stream().filter(TableChecksum::differs)).hasSize(5);
            assertThat(ddl.written()).isPositive();
        }
    }
}
