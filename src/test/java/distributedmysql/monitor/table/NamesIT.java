package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a table is called, it is the one that is read, and no other. */
class NamesIT {
    private static final String DATABASE = "odd {fn now()} `%_` ? 'it''s'";
    private static final String SEEN = "{fn a}";

    /** Read as an escape, or not quoted, each would be another table of the list, or none. */
    private static final List<String> TABLES = List.of(
            "shadow",
            "{fn shadow}",
            "{fn now()}",
            "now()",
            "{d '2020-01-01'}",
            "{ts '2020-01-01 00:00:00'}",
            "{t '00:00:00'}",
            "{call shadow}",
            "{?= call shadow}",
            "{oj shadow}",
            "{escape '/'}",
            "{limit 1}",
            "{\"a\": 1}",
            "what?",
            "100%s %d %",
            "back`tick",
            "it's",
            "\"quoted\"",
            "back\\slash",
            "new\nline",
            "a -- b",
            "a /* b */",
            "a; DROP TABLE shadow",
            "a.shadow",
            " first",
            "SELECT",
            "#{shadow}",
            "${shadow}",
            ":shadow",
            "@shadow",
            "Shadow",
            "таблица",
            "表");

    private static ReplicaSet replicaSet;

    @BeforeAll
    static void make() throws SQLException {
        replicaSet = TestServers.shared();
        TestSql.execute(replicaSet.primary(), "DROP DATABASE IF EXISTS " + Column.quote(DATABASE));
        TestSql.execute(replicaSet.primary(), "CREATE DATABASE " + Column.quote(DATABASE));
        List<String> statements = new ArrayList<>();
        for (String table : TABLES) {
            for (boolean keyed : List.of(true, false)) {
                statements.add("CREATE TABLE " + name(table, keyed) + " (`id?` INT" + (keyed ? " PRIMARY KEY" : "")
                        + ", a INT, " + Column.quote(SEEN) + " INT, `it's` INT, `100%s` INT, `b``c` INT)");
                statements.add("INSERT INTO " + name(table, keyed) + " VALUES (1, 1, 1, 1, 1, 1), (2, 2, 2, 2, 2, 2)");
            }
        }
        TestSql.execute(replicaSet.primary(), statements.toArray(String[]::new));
        Replication.awaitConvergence(replicaSet, Duration.ofSeconds(60));
    }

    @AfterAll
    static void drop() throws SQLException {
        TestSql.execute(replicaSet.primary(), "DROP DATABASE " + Column.quote(DATABASE));
    }

    private static String name(String table, boolean keyed) {
        return TableSql.tableName(DATABASE, keyed ? table : table + " keyless");
    }

    @Test
    void theTablesThatDifferAreExactlyThoseNamed() throws Exception {
        Set<String> planted = new TreeSet<>();
        for (int i = 0; i < TABLES.size(); i++) {
            boolean keyed = i % 2 == 1;
            planted.add(TABLES.get(i) + (keyed ? "" : " keyless"));
            plant("UPDATE " + name(TABLES.get(i), keyed) + " SET " + Column.quote(SEEN) + " = 3 WHERE `id?` = 2");
        }

        List<TableChecksum> tables = compared();

        assertThat(tables).hasSize(2 * TABLES.size()).allMatch(table -> table.rows() == 2);
        assertThat(tables).allMatch(table -> table.incomplete().isEmpty());
        assertThat(tables.stream().filter(TableChecksum::differs).map(TableChecksum::table))
                .containsExactlyInAnyOrderElementsOf(planted);
        Map<String, TableChecksum> byName =
                tables.stream().collect(Collectors.toMap(TableChecksum::table, Function.identity()));
        for (String table : planted) {
            plant("UPDATE " + TableSql.tableName(DATABASE, table) + " SET " + Column.quote(SEEN)
                    + " = 2 WHERE `id?` = 2");
            CheckResult result = TableChecksumCheck.check(List.of(byName.get(table)));
            assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
            assertThat(result.evidence())
                    .contains(DATABASE + "." + table + " on node2: ")
                    .contains(table.endsWith(" keyless") ? " 1 missing, 1 extra" : " 1 row differing");
        }
        assertThat(TableChecksumCheck.check(compared()).verdict()).isEqualTo(Verdict.VALID);
    }

    private static List<TableChecksum> compared() throws SQLException {
        Node replica = replicaSet.replicas().get(0);
        return new TableComparison(ComparedTables.SETTINGS)
                .compareAll(replicaSet, DATABASE).stream()
                        .filter(each -> each.replica().equals(replica.name()))
                        .toList();
    }

    private static void plant(String statement) throws SQLException {
        TestSql.execute(
                replicaSet.replicas().get(0),
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                statement,
                "SET GLOBAL super_read_only = ON");
    }
}
