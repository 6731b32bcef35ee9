package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The least possible change of one value, for every column type. */
class ColumnTypesIT {
    /**
     * @param before on both sides
     * @param after on the replica
     */
    private record Change(String type, String before, String after) {}

    private static final String MEMBERS =
            IntStream.range(0, 64).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));

    private static final List<Change> CHANGES = List.of(
            new Change("TINYINT", "NULL", "0"),
            new Change("BOOLEAN", "TRUE", "FALSE"),
            new Change("SMALLINT UNSIGNED", "65535", "65534"),
            new Change("MEDIUMINT ZEROFILL", "7", "8"),
            new Change("INT", "-2147483648", "-2147483647"),
            new Change("BIGINT UNSIGNED", "18446744073709551615", "18446744073709551614"),
            new Change("DECIMAL(65,30)", "0.000000000000000000000000000001", "0.000000000000000000000000000002"),
            new Change("FLOAT", "0.1", "0.10000001"),
            new Change("FLOAT", "0e0", "-0e0"),
            new Change("FLOAT", "16777214", "16777215"),
            new Change("FLOAT(10,2)", "1234567.88", "1234567.75"),
            new Change("DOUBLE", "0.1", "0.10000000000000002"),
            new Change("DOUBLE", "1.7976931348623157e308", "1.7976931348623155e308"),
            new Change("DOUBLE", "5e-324", "1e-323"),
            new Change("BIT(1)", "b'0'", "b'1'"),
            new Change("BIT(64)", "18446744073709551615", "18446744073709551614"),
            new Change("DATE", "'2024-02-29'", "'2024-02-28'"),
            new Change("DATETIME(6)", "'2024-02-29 12:00:00.000001'", "'2024-02-29 12:00:00.000002'"),
            new Change("TIMESTAMP(6)", "'2024-02-29 12:00:00.000001'", "'2024-02-29 12:00:00.000002'"),
            new Change("TIME(6)", "'-838:59:58.000001'", "'-838:59:58.000002'"),
            new Change("YEAR", "2024", "0"),
            new Change("ENUM('a','b,c','')", "'a'", "'b,c'"),
            new Change("SET(" + MEMBERS + ")", "'m0,m63'", "'m1,m63'"),
            new Change("CHAR(5)", "NULL", "''"),
            new Change("CHAR(6) COLLATE utf8mb4_0900_ai_ci", "'resume'", "'résumé'"),
            new Change("VARCHAR(20) COLLATE utf8mb4_0900_ai_ci", "'a'", "'A'"),
            new Change("VARCHAR(20) COLLATE utf8mb4_general_ci", "'a'", "'a '"),
            new Change("VARCHAR(20) COLLATE utf8mb4_bin", "'😀'", "'😁'"),
            new Change("VARCHAR(20) CHARACTER SET latin1", "'é'", "'è'"),
            new Change("VARCHAR(20) CHARACTER SET utf16", "'é'", "'e'"),
            new Change("VARCHAR(20) CHARACTER SET sjis", "'あ'", "'い'"),
            new Change("VARCHAR(20)", "'N'", "NULL"),
            new Change("BINARY(4)", "x'00'", "x'01'"),
            new Change("VARBINARY(20)", "x'00'", "x'0000'"),
            new Change("TINYTEXT", "''", "NULL"),
            new Change("TEXT", "'1,2'", "'1,3'"),
            new Change("MEDIUMTEXT", "REPEAT('x', 100000)", "CONCAT(REPEAT('x', 99999), 'y')"),
            new Change("LONGTEXT", "'a'", "'A'"),
            new Change("TINYBLOB", "x'FF'", "x'FE'"),
            new Change("BLOB", "x''", "NULL"),
            new Change("LONGBLOB", "REPEAT(x'00', 300000)", "REPEAT(x'00', 299999)"),
            new Change("JSON", "'{\"a\": 1, \"b\": [null, \"x\"]}'", "'{\"a\": 1, \"b\": [null, \"X\"]}'"),
            new Change("JSON", "'{\"a\": 0}'", "'{\"a\": 1e-300}'"),
            new Change("GEOMETRY", "ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POINT(1 3)')"),
            new Change("POINT SRID 4326", "ST_GeomFromText('POINT(1 2)', 4326)", "NULL"),
            new Change("INT INVISIBLE", "1", "2"));

    private ComparedTables tables;

    @BeforeEach
    void createTable() throws Exception {
        tables = new ComparedTables("table_types_it");
        List<String> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < CHANGES.size(); i++) {
            columns.add("c" + i + " " + CHANGES.get(i).type());
            names.add("c" + i);
            values.add(CHANGES.get(i).before());
        }
        String rows = IntStream.range(0, CHANGES.size() + 1)
                .mapToObj(id -> "(" + id + ", " + String.join(", ", values) + ")")
                .collect(Collectors.joining(", "));
        tables.onPrimary(
                "CREATE TABLE types (id INT PRIMARY KEY, " + String.join(", ", columns)
                        + ", virtual_sum BIGINT AS (c4 + 1) VIRTUAL, stored_text VARCHAR(40) AS (CONCAT(c25, '!')) STORED"
                        + ") CHARACTER SET utf8mb4",
                "SET SESSION time_zone = '+05:30'",
                "INSERT INTO types (id, " + String.join(", ", names) + ") VALUES " + rows);
    }

    @AfterEach
    void dropTable() throws Exception {
        tables.close();
    }

    @Test
    void aCleanPairWithEveryColumnTypeHasNoDifference() {
        TableChecksum checksum = tables.compare("types");

        assertThat(checksum.incomplete()).isEmpty();
        assertThat(checksum.differs()).isFalse();
        assertThat(checksum.rows()).isEqualTo(CHANGES.size() + 1);
    }

    @Test
    void theLeastChangeOfAnyTypeIsFound() throws Exception {
        List<String> updates = new ArrayList<>();
        for (int i = 0; i < CHANGES.size(); i++) {
            updates.add("UPDATE types SET c" + i + " = " + CHANGES.get(i).after() + " WHERE id = " + i);
        }
        updates.add("UPDATE types SET c41 = '{\"b\": [null, \"x\"], \"a\": 1}' WHERE id = " + CHANGES.size());
        tables.onReplicaOnly(updates.toArray(String[]::new));

        TableChecksum checksum = tables.compare("types");

        Set<String> changed =
                IntStream.range(0, CHANGES.size()).mapToObj(Integer::toString).collect(Collectors.toSet());
        assertThat(ComparedTables.keys(checksum, Kind.DIFFERING)).isEqualTo(changed);
        assertThat(checksum.differing()).isEqualTo(changed.size());
        assertThat(checksum.missing() + checksum.extra()).isZero();
    }

    @Test
    void contentThatOnlyMovedToTheNextColumnIsFound() throws Exception {
        tables.onPrimary(
                "CREATE TABLE pairs (id INT PRIMARY KEY, a VARCHAR(9), b VARCHAR(9))",
                "INSERT INTO pairs VALUES (1, 'ab', 'c'), (2, '1:x,1:y', 'z'), (3, 'N', NULL), (4, 'same', 'same')");
        tables.onReplicaOnly(
                "UPDATE pairs SET a = 'a', b = 'bc' WHERE id = 1",
                "UPDATE pairs SET a = '1:x', b = '1:y,z' WHERE id = 2",
                "UPDATE pairs SET a = NULL, b = 'N' WHERE id = 3");

        assertThat(ComparedTables.keys(tables.compare("pairs"), Kind.DIFFERING))
                .containsExactlyInAnyOrder("1", "2", "3");
    }
}
