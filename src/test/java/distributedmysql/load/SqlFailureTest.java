package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Outcome;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    @Test
    void anErrorOfTheServerMeansNotApplied() {
        SqlFailure failure = SqlFailure.whileExecuting(new SQLException("Deadlock found", "40001", 1213));
        assertThat(failure.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(failure.key()).isEqualTo("40001/1213");
    }

    @Test
    void aBrokenConnectionMeansUnknown() {
        assertThat(SqlFailure.whileExecuting(new SQLException("link failure", "08S01"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(SqlFailure.whileExecuting(new SQLException("no state at all"))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(SqlFailure.whileExecuting(new SQLException("shutdown", "08S01", 1053))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void whatTheServerEndedForTakingTooLongWasNotApplied() {
        SqlFailure failure = SqlFailure.whileExecuting(new SQLTimeoutException("took longer", "70100", 1317));
        assertThat(failure.key()).isEqualTo("TIMEOUT/1317");
        assertThat(failure.outcome()).isEqualTo(Outcome.FAIL);
        SqlFailure reportedASuccess = SqlFailure.whileExecuting(new SQLTimeoutException("took longer"));
        assertThat(reportedASuccess.key()).isEqualTo("TIMEOUT/0");
        assertThat(reportedASuccess.outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void withoutAConnectionNothingWasSent() {
        SqlFailure refused = SqlFailure.whileConnecting(
                new SQLTransientConnectionException("timed out", "08S01", new SQLException("refused", "08S01", 1040)));
        assertThat(refused.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(refused.key()).isEqualTo("08S01/1040");
        assertThat(SqlFailure.whileConnecting(new SQLTransientConnectionException("timed out"))
                        .key())
                .isEqualTo("POOL/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Table 'game.accountz' doesn't exist|Table 'game.accountz' doesn't exist",
                "Unknown column 'golds' in 'field list'|Unknown column 'golds' in '…'",
                "Duplicate entry '1' for key 't.PRIMARY'|Duplicate entry '…' for key 't.PRIMARY'",
                "Incorrect integer value: 'x' for column 'gold' at row 1|Incorrect integer value: '…' for column 'gold' at row 1",
                "Field 'name' doesn't have a default value|Field 'name' doesn't have a default value",
                "UPDATE command denied to user 'few'@'%' for table 'players'|UPDATE command denied to user 'few'@'%' for table 'players'",
                "near 'FORM players' at line 1|near '…' at line 1"
            })
    void namesAreKeptAndValuesAreNot(String message, String shown) {
        assertThat(SqlFailure.whileExecuting(new SQLException(message, "42000", 1))
                        .summary())
                .isEqualTo("42000/1 " + shown);
    }

    @Test
    void equalFailuresReadEqual() {
        String one = SqlFailure.whileExecuting(
                        new SQLException("Duplicate entry '1' for key 't.PRIMARY'", "23000", 1062))
                .summary();
        String two = SqlFailure.whileExecuting(
                        new SQLException("Duplicate entry '2' for key 't.PRIMARY'", "23000", 1062))
                .summary();
        assertThat(one).isEqualTo(two).startsWith("23000/1062 Duplicate entry");
    }
}
