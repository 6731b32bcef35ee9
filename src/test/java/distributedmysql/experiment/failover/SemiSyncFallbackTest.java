package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.SemiSyncReading;
import java.util.List;
import org.junit.jupiter.api.Test;

class SemiSyncFallbackTest {
    @Test
    void acknowledgedCommitsAndNoOthersAreValid() {
        assertThat(verdict(reading(1, "node1", true, 10, 3), reading(2, "node1", true, 20, 3)))
                .as("3 were counted before the first reading")
                .isEqualTo(Verdict.VALID);
        assertThat(verdict(
                        reading(1, "node1", true, 10, 0),
                        reading(2, "node1", true, 20, 0),
                        reading(3, "node2", true, 0, 0),
                        reading(4, "node2", true, 5, 0)))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aPrimaryThatIsAsynchronousIsInvalid() {
        assertThat(verdict(reading(1, "node1", true, 10, 0), reading(2, "node1", false, 20, 0)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void commitsWithoutAcknowledgementAreInvalidEvenIfItHasRecoveredSince() {
        CheckResult result = SemiSyncFallback.check(
                ReplicationMode.AFTER_SYNC,
                List.of(List.of(reading(1_000, "node1", true, 10, 1), reading(2_000, "node1", true, 20, 4))));

        assertThat(result.name()).isEqualTo("semi-sync fallback: after-sync");
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).isEqualTo("node1 at 2 ms: 3 commits that no replica acknowledged in time");
    }

    @Test
    void aServerThatWasStartedAnewCountsFromZero() {
        assertThat(verdict(reading(1, "node1", true, 10, 5), reading(2, "node1", true, 3, 0)))
                .isEqualTo(Verdict.VALID);
        assertThat(verdict(reading(1, "node1", true, 10, 5), reading(2, "node1", true, 3, 2)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void withoutACommitNothingIsKnown() {
        assertThat(verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(rounds(List.of())).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(reading(1, "node1", true, 10, 0))).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(reading(1, "node1", true, 10, 0), reading(2, "node1", true, 10, 0)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatWasCountedBetweenTwoRoundsDoesNotMatterAndTheWorstRoundDecides() {
        List<SemiSyncReading> first = List.of(reading(1, "node1", true, 10, 0), reading(2, "node1", true, 20, 0));
        List<SemiSyncReading> second = List.of(reading(3, "node1", true, 20, 9), reading(4, "node1", true, 30, 9));
        List<SemiSyncReading> idle = List.of(reading(5, "node1", true, 30, 9), reading(6, "node1", true, 30, 9));
        List<SemiSyncReading> fallen = List.of(reading(7, "node1", true, 30, 9), reading(8, "node1", false, 30, 9));

        assertThat(rounds(List.of(first, second))).isEqualTo(Verdict.VALID);
        assertThat(rounds(List.of(first, idle, second))).isEqualTo(Verdict.UNKNOWN);
        assertThat(rounds(List.of(first, idle, fallen))).isEqualTo(Verdict.INVALID);
    }

    private static Verdict rounds(List<List<SemiSyncReading>> rounds) {
        return SemiSyncFallback.check(ReplicationMode.AFTER_SYNC, rounds).verdict();
    }

    private static Verdict verdict(SemiSyncReading... readings) {
        return rounds(List.of(List.of(readings)));
    }

    private static SemiSyncReading reading(long micros, String node, boolean on, long yes, long no) {
        return new SemiSyncReading(micros, node, on, 1, yes, no);
    }
}
