package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MysqlIT {
    private static final Node SERVER = TestServers.shared().primary();

    @Test
    void anErrorNamesServerAndStatementAndHidesSecrets() {
        String sql = "ALTER " + "long ".repeat(9) + "USER scott IDENTIFIED BY ?";

        assertThatThrownBy(() -> Mysql.execute(SERVER, sql, new Secret("tiger of 1977")))
                .isInstanceOf(TopologyException.class)
                .hasMessageStartingWith(SERVER + ": cannot " + sql + ": You have an error in your SQL syntax")
                .hasMessageEndingWith(" near … (SQLState 42000, error 1064)")
                .hasMessageNotContaining("tig");
    }

    @Test
    void whoLacksAPrivilegeIsTold() {
        Node limited = new Node(
                SERVER.name(),
                SERVER.address(),
                SERVER.version(),
                SERVER.serverUuid(),
                SERVER.load(),
                SERVER.load(),
                SERVER.control());

        assertThatThrownBy(() -> Mysql.text(limited, "SELECT COUNT(*) FROM mysql.user"))
                .hasMessageContaining("error 1142")
                .hasMessageEndingWith("; grant " + SERVER.load().user() + " what it lacks there");
    }

    @Test
    void aSilentServerIsGivenUp() throws SQLException {
        try (Mysql session = Mysql.open(SERVER, Duration.ofMillis(500))) {
            assertThatThrownBy(() -> session.execute("DO SLEEP(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
        }
    }

    @Test
    void nothingAndNullAreEmptyTexts() {
        assertThat(Mysql.text(SERVER, "SELECT 1 FROM DUAL WHERE FALSE")).isEmpty();
        assertThat(Mysql.text(SERVER, "SELECT NULL")).isEmpty();
        assertThat(Mysql.texts(SERVER, "SELECT NULL UNION ALL SELECT ?", "a")).containsExactly("", "a");
    }

    @Test
    void aStatementWithoutParametersMayHoldQuestionMarks() {
        assertThat(Mysql.text(SERVER, "SELECT 1 AS `\\?`, 'why?'")).isEqualTo("1");
    }
}
