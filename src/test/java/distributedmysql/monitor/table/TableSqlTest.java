package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Show;
import distributedmysql.monitor.table.TableDefinition.UniqueKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableSqlTest {
    private static final Column A = new Column("a`", "int", "int", null, null);
    private static final Column B = new Column("b", "varchar", "varchar(9)", "latin1", "latin1_swedish_ci");
    private static final Column F = new Column("f", "float", "float", null, null);
    private static final Column J = new Column("j", "json", "json", null, null);
    private static final TableDefinition DEFINITION =
            new TableDefinition("InnoDB", "", List.of(A, B, F, J), List.of(new UniqueKey("PRIMARY", List.of(A, B))));
    private static final TableSql SQL =
            new TableSql("d", "t", DEFINITION, DEFINITION.keys().get(0), Show.VALUES);
    private static final Key LOW = new Key(List.of("1", "41"));
    private static final Key HIGH = new Key(List.of("2", "E9"));

    @Test
    void rangesOfSeveralColumnsAreWrittenOutInTheKeysOrder() {
        String from = " FROM `d`.`t` FORCE INDEX (`PRIMARY`) WHERE ";
        String low = "((`a``` > 1) OR (`a``` = 1 AND `b` > _latin1 x'41'))";
        String high = "((`a``` < 2) OR (`a``` = 2 AND `b` < _latin1 x'E9') OR (`a``` = 2 AND `b` = _latin1 x'E9'))";

        assertThat(SQL.checksum(new Key.Range(Optional.of(LOW), Optional.of(HIGH))))
                .endsWith(from + low + " AND " + high);
        assertThat(SQL.checksum(new Key.Range(Optional.empty(), Optional.of(HIGH))))
                .endsWith(from + high);
        assertThat(SQL.checksum(new Key.Range(Optional.empty(), Optional.empty())))
                .endsWith(" FROM `d`.`t` FORCE INDEX (`PRIMARY`)");
        assertThat(SQL.boundary(Optional.of(LOW), 500))
                .endsWith(from + low + " ORDER BY `a```, `b` LIMIT 1 OFFSET 499");
    }

    @Test
    void everyColumnIsInTheDigestWithoutLossAndNullIsNoValue() {
        assertThat(TableSql.digest(DEFINITION))
                .isEqualTo("SHA2(CONCAT(COALESCE(`a```, 'N'), ',',"
                        + " COALESCE(CONCAT(LENGTH(`b`), ':', CAST(`b` AS BINARY)), 'N'), ',',"
                        + " COALESCE(CONCAT(CAST(`f` AS DOUBLE)), 'N'), ',', IF(`j` IS NULL, 'N', HEX(UNHEX(REPLACE("
                        + "SHA2(`j`, 256), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '-'"
                        + "))))), 256)");
    }

    @Test
    void lookupsAreOnePointQueryForEachKey() {
        String sql = SQL.lookup(List.of(LOW, HIGH), " FOR SHARE NOWAIT");

        assertThat(sql)
                .startsWith("(SELECT 0, CONCAT(`a```), HEX(`b`), SHA2(")
                .contains(" WHERE `a``` = 1 AND `b` = _latin1 x'41' FOR SHARE NOWAIT) UNION ALL (SELECT 1, ")
                .endsWith(" WHERE `a``` = 2 AND `b` = _latin1 x'E9' FOR SHARE NOWAIT)");
    }

    @Test
    void keysAreShownAsPeopleWriteThem() {
        assertThat(SQL.display(HIGH)).isEqualTo("(2, 'é')");
        assertThat(new Column("k", "binary", "binary(2)", null, null).display("00FF"))
                .isEqualTo("0x00FF");
        assertThat(new Column("k", "date", "date", null, null).display("2024-02-29"))
                .isEqualTo("'2024-02-29'");
    }

    @Test
    void aKeyUnderACollationIsNotComparedByItsBytes() {
        assertThat(SQL.keyEqualityIsIdentity()).isFalse();
        assertThat(new TableSql("d", "t", DEFINITION, new UniqueKey("u", List.of(A)), Show.VALUES)
                        .keyEqualityIsIdentity())
                .isTrue();
        assertThat(F.canBeKey()).isFalse();
        assertThat(J.canBeKey()).isFalse();
    }
}
