package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.Verdict;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that a server cannot give as a whole, because they, or what they become, are longer than a packet. */
class LimitsIT {
    private static final String ENOUGH = "67108864";
    /** Of 170,001 numbers: 850,014 bytes as it is stored, 1,360,008 as text. */
    private static final String LONG_DOCUMENT = "WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 270000) SELECT 3, JSON_ARRAYAGG(i) FROM n";

    private ComparedTables tables;

    @BeforeEach
    void createDatabase() throws Exception {
        tables = new ComparedTables("table_limits_it");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        packets("DEFAULT", "DEFAULT");
        tables.close();
    }

    private void packets(String onPrimary, String onReplica) throws Exception {
        ComparedTables.global(tables.primary, "max_allowed_packet = " + onPrimary);
        ComparedTables.global(tables.replica, "max_allowed_packet = " + onReplica);
    }

    private void createDocuments(String key) throws Exception {
        tables.onPrimary(
                "SET SESSION cte_max_recursion_depth = 1000000",
                "CREATE TABLE documents (id INT " + key + ", j JSON)",
                "INSERT INTO documents VALUES (1, NULL), (2, '[]'), (4, '\"\"'), (5, '[5]')",
                "INSERT INTO documents " + LONG_DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "1048576, 1048576, PRIMARY KEY",
        "67108864, 1048576, PRIMARY KEY",
        "1048576, 67108864, PRIMARY KEY",
        "1048576, 1048576, NULL",
        "67108864, 1048576, NULL",
        "1048576, 67108864, NULL"
    })
    void aDocumentLongerThanAPacketIsUnknownWhetherEqualOrNot(String onPrimary, String onReplica, String key)
            throws Exception {
        createDocuments(key);
        packets(onPrimary, onReplica);

        TableChecksum equal = tables.compare("documents");
        tables.onReplicaOnly("UPDATE documents SET j = JSON_SET(j, '$[7]', 0) WHERE id = 3");
        TableChecksum differing = tables.compare("documents");

        String where = onPrimary.equals(ENOUGH) ? tables.replica.toString() : tables.primary.toString();
        for (TableChecksum each : new TableChecksum[] {equal, differing}) {
            assertThat(ComparedTables.judge(each).verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(each.incomplete())
                    .get()
                    .asString()
                    .contains(where + ": Result of j() was larger than " + "max_allowed_packet (1048576)");
            if (!key.equals("NULL")) {
                assertThat(each.incomplete()).get().asString().contains("1 row cannot", "first: 3 on");
            }
        }
    }

    @Test
    void whatDiffersBesideItIsFoundAlsoByAServerThatKeepsNoWarnings() throws Exception {
        createDocuments("PRIMARY KEY");
        tables.onReplicaOnly("UPDATE documents SET j = '[6]' WHERE id = 5", "DELETE FROM documents WHERE id = 2");
        packets("1048576", "1048576");
        ComparedTables.global(tables.primary, "max_error_count = 0");
        TableChecksum checksum;
        try {
            checksum = tables.compare("documents");
        } finally {
            ComparedTables.global(tables.primary, "max_error_count = DEFAULT");
        }

        assertThat(ComparedTables.keys(checksum, Kind.DIFFERING)).containsExactly("5");
        assertThat(ComparedTables.keys(checksum, Kind.MISSING)).containsExactly("2");
        assertThat(checksum.differences()).isEqualTo(2);
        assertThat(checksum.incomplete())
                .get()
                .asString()
                .contains("first: 3 on " + tables.primary, "max_error_count = 0");
    }

    @Test
    void withEnoughRoomALongDocumentIsCompared() throws Exception {
        createDocuments("PRIMARY KEY");
        assertThat(ComparedTables.judge(tables.compare("documents")).verdict()).isEqualTo(Verdict.VALID);

        tables.onReplicaOnly("UPDATE documents SET j = JSON_SET(j, '$[7]', 0) WHERE id = 3");

        assertThat(ComparedTables.keys(tables.compare("documents"), Kind.DIFFERING))
                .containsExactly("3");
    }

    /** Their digests need no room, and the rest of a row is far below the least packet. */
    @Test
    void longBytesAndTextsAreComparedWhateverTheLimit() throws Exception {
        tables.onPrimary(
                "CREATE TABLE files (id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT CHARACTER SET utf32, w VARCHAR(16000),"
                        + " g GEOMETRY)",
                "INSERT INTO files SELECT i, REPEAT('x', 5000000), REPEAT('é', 400000), REPEAT(x'F09F9880', 4000),"
                        + " ST_GeomFromText(CONCAT('LINESTRING(0 0', REPEAT(',1 1', 90000), ')'))"
                        + " FROM (VALUES ROW(1), ROW(2), ROW(3), ROW(4), ROW(5)) n (i)");
        packets("1048576", ENOUGH);
        TableChecksum equal = tables.compare("files");
        tables.onReplicaOnly(
                "UPDATE files SET b = INSERT(b, 4999999, 1, 'y') WHERE id = 1",
                "UPDATE files SET t = INSERT(t, 399999, 1, 'e') WHERE id = 2",
                "UPDATE files SET w = INSERT(w, 3999, 1, 'e') WHERE id = 3",
                "UPDATE files SET g = ST_GeomFromText(CONCAT('LINESTRING(0 0', REPEAT(',1 1', 89999), ',1 2)'))"
                        + " WHERE id = 4");

        assertThat(ComparedTables.judge(equal).verdict()).as(equal.toString()).isEqualTo(Verdict.VALID);
        assertThat(ComparedTables.keys(tables.compare("files"), Kind.DIFFERING))
                .containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    /** Virtual columns are computed when they are read, under the limits of the session that reads. */
    @Test
    void aVirtualColumnThatOneServerCannotComputeIsNoDifference() throws Exception {
        tables.onPrimary(
                "CREATE TABLE computed (id INT PRIMARY KEY, n INT, v LONGTEXT AS (REPEAT('x', n)) VIRTUAL,"
                        + " c BIGINT AS (CRC32(CONCAT(REPEAT('y', n), 'z'))) VIRTUAL)",
                "INSERT INTO computed (id, n) VALUES (1, 10), (2, 2000000), (3, 20), (4, 2000001)");
        packets(ENOUGH, "1048576");
        TableChecksum equal = tables.compare("computed");
        tables.onReplicaOnly("UPDATE computed SET n = 21 WHERE id = 3");
        TableChecksum differing = tables.compare("computed");

        assertThat(ComparedTables.judge(equal).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(equal.incomplete()).get().asString().contains("2 rows", "2 on " + tables.replica, "repeat()");
        assertThat(ComparedTables.keys(differing, Kind.DIFFERING)).containsExactly("3");
        assertThat(differing.differences()).isEqualTo(1);
    }

    @Test
    void aVirtualColumnThatCannotBeComputedAtAllIsUnknown() throws Exception {
        createDocuments("PRIMARY KEY");
        tables.onPrimary("ALTER TABLE documents ADD twice JSON AS (JSON_ARRAY(j, j)) VIRTUAL");
        packets(ENOUGH, "1048576");

        TableChecksum checksum = tables.compare("documents");

        assertThat(ComparedTables.judge(checksum).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(checksum.incomplete()).get().asString().contains(tables.replica.toString(), "max_allowed_packet");
    }
}
