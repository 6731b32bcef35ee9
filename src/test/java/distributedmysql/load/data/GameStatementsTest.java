package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.galaxio.gatling.jdbc.db.JDBCClient;
import org.junit.jupiter.api.Test;

class GameStatementsTest {
    /** What Connector/J keeps prepared, at most (prepStmtCacheSqlLimit). */
    private static final int CACHED_LENGTH = 2048;

    private final GameStatements statements = new GameStatements("game_db");

    @Test
    void theMixIsSeventyReadsTwentyUpdatesTenInserts() {
        Map<String, Integer> percents = statements.mixed().stream()
                .collect(Collectors.toMap(share -> share.operation().name(), Share::percent));

        assertThat(percents)
                .isEqualTo(Map.of(
                        "select player", 50,
                        "select inventory of player", 10,
                        "select top players in range", 10,
                        "update player gold", 15,
                        "purchase", 5,
                        "insert game log", 10));
        assertThat(statements.mixed().stream()
                        .filter(share -> share.operation().reads())
                        .mapToInt(Share::percent)
                        .sum())
                .isEqualTo(70);
        assertThat(percents.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    }

    @Test
    void namesAreUnique() {
        assertThat(all().map(SqlStatement::name)).doesNotHaveDuplicates();
    }

    @Test
    void theFeederFillsTheParametersOfAnOperationAndNothingElse() {
        GameFeeder feeder = new GameFeeder(new GameData(1, 0.01));

        assertThat(statements.mixed()).extracting(Share::operation).allSatisfy(operation -> {
            Set<String> names = operation.statements().stream()
                    .flatMap(statement -> statement.parameters().stream())
                    .collect(Collectors.toSet());
            assertThat(feeder.forOperation(operation).next()).containsOnlyKeys(names);
        });
    }

    @Test
    void everyValueCanStandBetweenSingleQuotes() {
        GameFeeder feeder = new GameFeeder(new GameData(1, 0.01));

        for (Share share : statements.mixed()) {
            Iterator<Map<String, Object>> values = feeder.forOperation(share.operation());
            for (int i = 0; i < 1_000; i++) {
                assertThat(values.next().values())
                        .allSatisfy(value -> assertThat(value)
                                .isInstanceOfAny(Long.class, String.class)
                                .asString()
                                .doesNotContain("'", "\\"));
            }
        }
    }

    @Test
    void everyTextFitsTheCacheOfPreparedStatements() {
        assertThat(all()).allSatisfy(statement -> assertThat(statement.text()).hasSizeLessThan(CACHED_LENGTH));
    }

    @Test
    void thePluginReadsTheSameStatementBackFromItsNamedForm() {
        assertThat(all()).allSatisfy(statement -> {
            var read = JDBCClient.Interpolator$.MODULE$.interpolate(statement.withNames());

            // It puts a blank before each parameter.
            assertThat(read.queryString().replace("  ", " ").replace("( ?", "(?"))
                    .isEqualTo(statement.text());
            assertThat(read.m().size())
                    .isEqualTo((int) statement.parameters().stream().distinct().count());
        });
    }

    @Test
    void aTransactionHasNoSingleStatement() {
        assertThat(statements.purchase().isTransaction()).isTrue();
        assertThat(statements.selectPlayer().isTransaction()).isFalse();
        assertThatThrownBy(() -> statements.purchase().statement()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyStatementNamesItsDatabase() {
        assertThat(all()).allSatisfy(statement -> assertThat(statement.text()).contains("`game_db`."));
    }

    private Stream<SqlStatement> all() {
        List<Share> mixed = statements.mixed();
        return mixed.stream().flatMap(share -> share.operation().statements().stream());
    }
}
