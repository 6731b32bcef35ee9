package distributedmysql.experiment.sharding.routed;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Players 1 to 4; odd ones belong to the second shard. Two saves are sent of everybody, and one is acknowledged. */
class RoutedChecksTest {
    private final Saves saves = new Saves(4);
    private final Map<Integer, Integer> first = new TreeMap<>(Map.of(2, 2, 4, 1));
    private final Map<Integer, Integer> second = new TreeMap<>(Map.of(1, 1, 3, 2));

    /** Null: like the saves. */
    private Map<Integer, Integer> logs;

    private long misplaced;

    @BeforeEach
    void send() {
        for (int player = 1; player <= 4; player++) {
            saves.send(player);
            saves.send(player);
            saves.acknowledge(player);
        }
    }

    @Test
    void valid() {
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(check().evidence()).isEqualTo("4 acknowledged saves of 4 players on 2 servers");
    }

    @Test
    void aPlayerWhoIsMissing() {
        first.remove(4);

        assertInvalid("first (shard1): players not there: 1 (4)");
    }

    @Test
    void aPlayerWhoIsOnTwoShards() {
        first.put(3, 2);

        assertInvalid("first (shard1): players of another shard: 1 (3)");
    }

    @Test
    void aSaveThatIsLost() {
        second.put(1, 0);

        assertInvalid("second (shard2): players with fewer saves than were acknowledged: 1 (1)");
    }

    @Test
    void aSaveThatNobodySent() {
        second.put(1, 3);

        assertInvalid("second (shard2): players with more saves than were sent: 1 (1)");
    }

    @Test
    void aSaveWithoutItsLog() {
        logs = Map.of(1, 1, 3, 1);

        assertInvalid("second (shard2): players with more or fewer logs than saves: 1 (3)");
    }

    @Test
    void aLogInTheTableOfAnotherDay() {
        misplaced = 1;

        assertInvalid("second (shard2): 1 log in the table of another day");
    }

    @Test
    void eachDayHasATableThatIsThereBefore() {
        Instant now = Instant.now();
        DailyLogs logsOfToday = DailyLogs.of("db", "logs");

        assertThat(logsOfToday.dayOf(now.plus(Duration.ofDays(2)))).isEqualTo(2);
        assertThat(logsOfToday.table(0)).matches("`?db`?\\.logs_20\\d{6}").isNotEqualTo(logsOfToday.table(1));
    }

    @Test
    void aServerThatWasNotRead() {
        saves.unread("third: does not answer");

        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check().evidence()).startsWith("third: does not answer; ");
    }

    @Test
    void nothingAcknowledged() {
        assertThat(RoutedChecks.check(new Saves(4), List.of(), player -> player % 2)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    private Map<Integer, Integer> logs() {
        return logs == null ? second : logs;
    }

    private CheckResult check() {
        List<Saves.Contents> contents = List.of(
                new Saves.Contents(0, "first", first, Optional.of(new Saves.Logged(first, 0))),
                new Saves.Contents(1, "second", second, Optional.of(new Saves.Logged(logs(), misplaced))));
        return RoutedChecks.check(saves, contents, player -> player % 2);
    }

    private void assertInvalid(String evidence) {
        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
    }
}
