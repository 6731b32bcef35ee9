package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.StatementReading.Counts;
import distributedmysql.monitor.StatementReading.Delta;
import distributedmysql.monitor.StatementReading.Prepared;
import distributedmysql.monitor.StatementReading.PreparedId;
import distributedmysql.monitor.StatementReading.Sessions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementReadingTest {
    private static final String SELECT = "SELECT `a` FROM `t` WHERE `id` = ?";
    private static final PreparedId FIRST = new PreparedId(40, 1);
    private static final PreparedId SECOND = new PreparedId(41, 1);

    @Test
    void preparedStatementsAreExactWhileTheirSessionsLast() {
        Delta delta = between(
                prepared(Map.of(FIRST, count(10), SECOND, count(5)), 15),
                prepared(Map.of(FIRST, count(12), SECOND, count(9)), 21));
        assertThat(delta).isEqualTo(new Delta(Map.of(SELECT, 6L), 6, 6, Optional.empty()));
    }

    @Test
    void theSumStaysExactWhenASessionEnds() {
        Delta delta = between(
                prepared(Map.of(FIRST, count(10), SECOND, count(5)), 15), prepared(Map.of(FIRST, count(12)), 21));
        assertThat(delta).isEqualTo(new Delta(Map.of(SELECT, 2L), 6, 6, Optional.empty()));
    }

    @Test
    void textIsCountedByCommandBecauseDigestsLoseCounts() {
        Delta delta = between(text(1000, 1003, 1), text(1999, 2004, 1));
        assertThat(delta).isEqualTo(new Delta(Map.of(SELECT, 999L), 1001, 1001, Optional.empty()));
    }

    @Test
    void newConnectionsMakeTheSumOfSelectsUncertain() {
        Delta delta = between(text(1000, 1003, 1), text(1990, 2004, 3));
        assertThat(delta).isEqualTo(new Delta(Map.of(SELECT, 990L), 993, 1001, Optional.empty()));
    }

    @Test
    void selectsOfNewConnectionsDoNotMatterWhereNoneOfOursCameAsText() {
        Delta delta = between(text(1000, 1003, 1), text(1000, 1013, 11));
        assertThat(delta).isEqualTo(new Delta(Map.of(SELECT, 0L), 0, 0, Optional.empty()));
    }

    @Test
    void whatSessionsThatEndTogetherMayHaveLostIsBoundedByWhatAllUsersExecuted() {
        Counts before = ended(0, 15, 1015);
        Delta delta = between(before, ended(2, 21, 1115));
        assertThat(delta).isEqualTo(new Delta(Map.of(), 6, 100, Optional.empty()));
        assertThat(between(before, ended(1, 21, 1115)).totalAtMost())
                .as("a session that ends alone loses nothing")
                .isEqualTo(6);
        assertThat(between(before, ended(2, 21, 15)).totalAtMost())
                .as("after FLUSH STATUS")
                .isEqualTo(6);
    }

    @Test
    void cannotTellAfterARestart() {
        Counts before = counts(600, 0, Map.of(SELECT, 5L), 5, Map.of(), 0, 1, false);
        Counts after = counts(605, 0, Map.of(SELECT, 9L), 9, Map.of(), 0, 1, false);
        assertThat(reading(10, after).since(reading(0, before)).cannotTell())
                .contains("the server was restarted in between");
        assertThat(reading(6, after).since(reading(0, before)).cannotTell()).isEmpty();
    }

    @Test
    void cannotTellWhereTheDigestTableIsFull() {
        Counts before = counts(600, 7, Map.of(), 0, Map.of(), 0, 1, false);
        Counts after = counts(600, 9, Map.of(), 0, Map.of(), 0, 1, false);
        assertThat(between(before, after).cannotTell())
                .hasValueSatisfying(why -> assertThat(why).contains("is full: not counted: 2 statements"));
    }

    @Test
    void cannotTellWhereCountsWereReset() {
        assertThat(between(text(1000, 1000, 1), text(10, 10, 1)).cannotTell())
                .contains("the counts in performance_schema were reset in between");
        Counts emptied = counts(600, 0, Map.of(), 0, Map.of(), 0, 1, false);
        assertThat(between(text(1000, 1000, 1), emptied).cannotTell()).isPresent();
        assertThat(between(prepared(Map.of(), 15), prepared(Map.of(), 3)).cannotTell())
                .isPresent();
    }

    @Test
    void cannotTellTextOfTheLoadFromTheFrameworksOwn() {
        Counts before = counts(600, 0, Map.of(SELECT, 5L), 5, Map.of(), 0, 1, true);
        Counts after = counts(600, 0, Map.of(SELECT, 9L), 12, Map.of(), 0, 1, true);
        assertThat(between(before, after).cannotTell())
                .hasValueSatisfying(why -> assertThat(why).contains("logs in as the framework itself"));
    }

    @Test
    void cannotTellCommandsThatAreCountedNowhere() {
        Counts before = counts(600, 0, Map.of(), 0, Map.of(), 0, 1, false);
        Counts after = counts(600, 0, Map.of("SET `autocommit` = ?", 1L), 0, Map.of(), 0, 1, false);
        assertThat(between(before, after).cannotTell())
                .hasValueSatisfying(why -> assertThat(why).contains("[SET]").contains("SELECT"));
    }

    @Test
    void cannotTellWhereAReadingCouldNot() {
        StatementReading failed = StatementReading.cannotTell("node1: gone");
        StatementReading read = reading(0, text(1, 1, 1));
        assertThat(failed.since(read).cannotTell()).contains("node1: gone");
        assertThat(read.since(failed).cannotTell()).contains("node1: gone");
    }

    private static Delta between(Counts before, Counts after) {
        return reading(0, after).since(reading(0, before));
    }

    private static StatementReading reading(long second, Counts counts) {
        return StatementReading.of(second * 1_000_000_000, second * 1_000_000_000, counts);
    }

    private static Prepared count(long executions) {
        return new Prepared(Optional.of(SELECT), executions);
    }

    private static Counts prepared(Map<PreparedId, Prepared> prepared, long executions) {
        return counts(600, 0, Map.of(), 0, prepared, executions, 1, false);
    }

    private static Counts ended(long sessions, long executions, long ofAllUsers) {
        Map<String, Long> none = Map.of();
        return new Counts(600, 0, none, none, Map.of(), executions, none, ofAllUsers, new Sessions(5, sessions), false);
    }

    private static Counts text(long byDigest, long selects, long connections) {
        return counts(600, 0, Map.of(SELECT, byDigest), selects, Map.of(), 0, connections, false);
    }

    private static Counts counts(
            long uptime,
            long lost,
            Map<String, Long> byDigest,
            long selects,
            Map<PreparedId, Prepared> prepared,
            long executions,
            long connections,
            boolean loadIsAdmin) {
        Map<String, Long> byCommand = Map.of("SELECT", selects);
        Sessions sessions = new Sessions(connections, 0);
        return new Counts(
                uptime, lost, byDigest, byCommand, prepared, executions, byCommand, executions, sessions, loadIsAdmin);
    }
}
