package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import distributedmysql.config.Show;
import distributedmysql.config.Throttle;
import distributedmysql.history.ColumnDifference;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a row that differs, exactly the planted columns are named, with both values as they were at one position. */
class DifferingColumnsIT {
    private ComparedTables tables;

    @BeforeEach
    void createDatabase() throws Exception {
        tables = new ComparedTables("table_columns_it");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        tables.close();
    }

    @Test
    void theThirdColumnOfACompositeKeyTableIsNamedWithBothValues() throws Exception {
        tables.onPrimary(
                "CREATE TABLE orders (region VARCHAR(9), id INT, total DECIMAL(10, 2), note TEXT, PRIMARY KEY (region, id))",
                "INSERT INTO orders VALUES ('north', 1, 9.90, ''), ('north', 2, 19.90, 'a'), ('south', 1, 0.50, NULL)");
        tables.onReplicaOnly(
                "UPDATE orders SET total = 19.91 WHERE region = 'north' AND id = 2",
                "DELETE FROM orders WHERE region = 'south'",
                "INSERT INTO orders VALUES ('west', 7, 1, '')");

        TableChecksum checksum = tables.compare("orders");

        assertThat(checksum.firstDifferences())
                .contains(new KeyDifference(
                        Kind.DIFFERING, "('north', 2)", List.of(new ColumnDifference("total", "19.90", "19.91")), 0));
        assertThat(ComparedTables.judge(checksum).evidence())
                .contains(
                        "differing ('north', 2) (total = 19.90 on the primary, 19.91 on the replica)",
                        "missing ('south', 1) on the replica",
                        "extra ('west', 7) on the replica");
    }

    @Test
    @DisplayName("values of odd types are shown exactly, long ones from where they part")
    void oddTypes() throws Exception {
        tables.onPrimary(
                "CREATE TABLE odd (id INT PRIMARY KEY, same INT, bin VARBINARY(9), longer BLOB, j JSON, n INT, b BIT(10),"
                        + " g GEOMETRY, f FLOAT, d DOUBLE, t LONGTEXT, tail MEDIUMTEXT, hidden INT INVISIBLE,"
                        + " twice INT AS (n * 2) VIRTUAL, kept INT AS (n * 3) STORED, nfc VARCHAR(20),"
                        + " lines_of VARCHAR(20), e ENUM('z', 'm'), ts DATETIME(6), l VARCHAR(9) CHARACTER SET latin1)",
                "INSERT INTO odd (id, same, bin, longer, j, n, b, g, f, d, t, tail, hidden, nfc, lines_of, e, ts, l)"
                        + " VALUES (1, 1, x'00FF', REPEAT(x'AB', 300), '{\"a\": 1}', NULL, b'1010', POINT(1, 2), 0.1, 0.1,"
                        + " REPEAT('x', 20000), REPEAT('y', 20000), 1, 'é', 'a\\nb', 'z', '2024-01-01 00:00:00.000001',"
                        + " 'é')");
        tables.onReplicaOnly("UPDATE odd SET bin = x'00FE', longer = CONCAT(REPEAT(x'AB', 299), x'CD'),"
                + " j = '{\"a\": 2}', n = 5, b = b'1011', g = POINT(1, 3), f = 0.10000001, d = 0.1 + 0.00000000000000002e0,"
                + " t = INSERT(t, 5001, 1, 'Y'), tail = CONCAT(LEFT(tail, 19999), 'Z'), hidden = 2,"
                + " nfc = _utf8mb4 x'65CC81', lines_of = 'a\\tb', e = 'm', ts = '2024-01-01 00:00:00.000002', l = 'e'");

        KeyDifference found = tables.compare("odd").firstDifferences().get(0);

        String ab = "AB".repeat(20);
        String x = "x".repeat(20);
        String y = "'" + "y".repeat(100) + "'… (characters 1 to 100 of 20,000; the first 16,384 are alike)";
        String point = "0x000000000101000000000000000000F03F";
        assertThat(found.columns())
                .containsExactly(
                        new ColumnDifference("bin", "0x00FF", "0x00FE"),
                        new ColumnDifference(
                                "longer",
                                "…0x" + ab + "AB (bytes 280 to 300 of 300)",
                                "…0x" + ab + "CD (bytes 280 to 300 of 300)"),
                        new ColumnDifference("j", "'{\"a\": 1}'", "'{\"a\": 2}'"),
                        new ColumnDifference("n", "NULL", "5"),
                        new ColumnDifference("b", "b'1010'", "b'1011'"),
                        new ColumnDifference("g", point + "0000000000000040", point + "0000000000000840"),
                        new ColumnDifference("f", "0.10000000149011612", "0.10000000894069672"),
                        new ColumnDifference("d", "0.1", "0.10000000000000002"),
                        new ColumnDifference(
                                "t",
                                "…'" + x + "x" + "x".repeat(79) + "'… (characters 4,981 to 5,080 of 20,000)",
                                "…'" + x + "Y" + "x".repeat(79) + "'… (characters 4,981 to 5,080 of 20,000)"),
                        new ColumnDifference("tail", y, y),
                        new ColumnDifference("hidden", "1", "2"),
                        new ColumnDifference("twice", "NULL", "10"),
                        new ColumnDifference("kept", "NULL", "15"),
                        new ColumnDifference("nfc", "'é'", "'e\\u{301}'"),
                        new ColumnDifference("lines_of", "'a\\nb'", "'a\\tb'"),
                        new ColumnDifference("e", "'z'", "'m'"),
                        new ColumnDifference("ts", "'2024-01-01 00:00:00.000001'", "'2024-01-01 00:00:00.000002'"),
                        new ColumnDifference("l", "'é'", "'e'"));
        assertThat(found.otherColumns()).isZero();
    }

    @Test
    void ofManyColumnsTwentyAreNamedAndAllAreCounted() throws Exception {
        StringBuilder columns = new StringBuilder();
        StringBuilder set = new StringBuilder();
        for (int i = 1; i <= 30; i++) {
            columns.append(", c" + i + " INT DEFAULT 0");
            set.append((i == 1 ? "" : ", ") + "c" + i + " = " + i);
        }
        tables.onPrimary("CREATE TABLE wide (id INT PRIMARY KEY" + columns + ")", "INSERT INTO wide (id) VALUES (1)");
        tables.onReplicaOnly("UPDATE wide SET " + set);

        TableChecksum checksum = tables.compare("wide");

        assertThat(checksum.firstDifferences().get(0).columns()).hasSize(20);
        assertThat(checksum.firstDifferences().get(0).otherColumns()).isEqualTo(10);
        assertThat(ComparedTables.judge(checksum).evidence())
                .contains("c5 = 0 on the primary, 5 on the replica; and 25 more columns");
    }

    @Test
    @DisplayName(
            "under load, a column that the load changes all the time is never named: both values are of one position")
    void valuesAreOfOnePosition() throws Exception {
        tables.onPrimary(
                "CREATE TABLE busy (id INT PRIMARY KEY, v VARCHAR(20), counter BIGINT)",
                "INSERT INTO busy VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0)");
        tables.onReplicaOnly("UPDATE busy SET v = 'B' WHERE id = 2");
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Long> writes = CompletableFuture.supplyAsync(() -> count(ended));
        try {
            for (int i = 0; i < 10; i++) {
                assertThat(tables.compare("busy").firstDifferences())
                        .containsExactly(new KeyDifference(
                                Kind.DIFFERING, "2", List.of(new ColumnDifference("v", "'b'", "'B'")), 0));
            }
        } finally {
            ended.set(true);
        }
        assertThat(writes.join()).isGreaterThan(10);
    }

    /** Only the changed column is replicated, so that the planted difference stays. */
    private long count(AtomicBoolean ended) {
        long writes = 0;
        try (Connection connection = tables.connectToPrimary();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION binlog_row_image = MINIMAL");
            while (!ended.get()) {
                writes += statement.executeUpdate("UPDATE busy SET counter = counter + 1") > 0 ? 1 : 0;
            }
            return writes;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Show.class,
            names = {"KEYS", "COLUMNS"})
    void whatIsNotToBeShownIsNowhere(Show show) throws Exception {
        tables.onPrimary(
                "CREATE TABLE people (mail VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, name VARCHAR(40))",
                "INSERT INTO people VALUES ('key-a@x.org', 'secret-one'), ('key-b@x.org', 'secret-two')",
                "CREATE TABLE log (line VARCHAR(40))",
                "INSERT INTO log VALUES ('secret-three'), ('secret-four')");
        tables.onReplicaOnly(
                "UPDATE people SET name = 'secret-five' WHERE name = 'secret-one'",
                "DELETE FROM people WHERE name = 'secret-two'",
                "UPDATE log SET line = 'secret-six' WHERE line = 'secret-four'");
        ComparisonSettings settings = new ComparisonSettings(
                Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(1), 9, show, Throttle.NONE);

        TableChecksum people = tables.compare("people", settings);
        TableChecksum log = tables.compare("log", settings);

        assertThat(List.of(people.differing(), people.missing(), log.missing(), log.extra()))
                .containsOnly(1L);
        assertThat(people.firstDifferences())
                .anySatisfy(
                        each -> assertThat(each.columns()).containsExactly(new ColumnDifference("name", null, null)));
        String all = JsonMapper.builder().addModule(new Jdk8Module()).build().writeValueAsString(List.of(people, log))
                + ComparedTables.judge(people).evidence()
                + ComparedTables.judge(log).evidence();
        assertThat(all).contains("name", "values not shown").doesNotContain("secret");
        assertThat(all.contains("key-a@x.org")).isEqualTo(show == Show.KEYS);
        assertThat(all.contains(TableSql.HIDDEN_KEY)).isEqualTo(show == Show.COLUMNS);
    }
}
