package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MillionRowsIT {
    private static final long ROWS = 1_000_000;

    @Test
    @Tag("nightly")
    void aMillionRowsAreComparedInFewChunksWhetherEqualOrAllDifferent() throws Exception {
        try (ComparedTables tables = new ComparedTables("table_million_it")) {
            tables.onPrimary(
                    "SET SESSION cte_max_recursion_depth = 1000000",
                    "CREATE TABLE t (id BIGINT PRIMARY KEY, v INT)",
                    "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS
                            + ") SELECT i * 3, i % 100 FROM n");

            TableChecksum clean = tables.compare("t");
            tables.onReplicaOnly("DELETE FROM t WHERE id = 1500000", "UPDATE t SET v = -1 WHERE id IN (3, 3000000)");
            TableChecksum few = tables.compare("t");
            tables.onReplicaOnly("TRUNCATE t");
            TableChecksum none = tables.compare("t");

            assertThat(clean.incomplete()).isEmpty();
            assertThat(clean.differs()).isFalse();
            assertThat(clean.rows()).isEqualTo(ROWS);
            assertThat(clean.chunks()).isBetween(3L, 1_000L);
            assertThat(ComparedTables.keys(few, Kind.MISSING)).containsExactly("1500000");
            assertThat(ComparedTables.keys(few, Kind.DIFFERING)).containsExactlyInAnyOrder("3", "3000000");
            assertThat(few.differences()).isEqualTo(3);
            assertThat(none.missing()).isEqualTo(ROWS);
            assertThat(none.firstDifferences()).hasSize(ComparedTables.SETTINGS.maxNamedKeys());
        }
    }
}
