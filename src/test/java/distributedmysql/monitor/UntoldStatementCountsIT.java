package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server cannot tell of its statements, and why, is said. */
class UntoldStatementCountsIT extends StatementCountsFixture {
    @Test
    void cannotTellWhileTheServerDoesNotCount() throws SQLException {
        StatementCounts counts = StatementCounts.of(node, DATABASE, ALL);
        StatementReading before = counts.read();
        admin("UPDATE performance_schema.setup_consumers SET ENABLED = 'NO' WHERE NAME = 'statements_digest'");
        try {
            assertThat(counts.read().since(before).cannotTell())
                    .hasValueSatisfying(why -> assertThat(why).contains("setup_consumers.statements_digest is off"));
        } finally {
            admin("UPDATE performance_schema.setup_consumers SET ENABLED = 'YES' WHERE NAME = 'statements_digest'");
        }
        assertThat(counts.read().since(before).cannotTell()).isEmpty();
    }

    @Test
    void cannotTellWhatTheServerCannotParse() {
        StatementCounts counts = StatementCounts.of(node, DATABASE, List.of("SELEC balance FROM account"));
        assertThat(counts.read().since(counts.read()).cannotTell())
                .hasValueSatisfying(why -> assertThat(why).contains("error 3676"));
    }

    @Test
    void cannotTellFromAServerThatIsNotThere() {
        Node gone = new Node(
                "gone",
                node.address(),
                node.version(),
                node.serverUuid(),
                new Credentials("statement_counts_nobody", "x"),
                LOAD,
                Optional.empty());
        StatementCounts counts = StatementCounts.of(gone, DATABASE, ALL);
        assertThat(counts.read().since(counts.read()).cannotTell())
                .hasValueSatisfying(why -> assertThat(why).contains("gone").contains("error 1045"));
    }
}
