package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

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
                List.of(reading(1_000, "node1", true, 10, 1), reading(2_000, "node1", true, 20, 4)));

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
        assertThat(verdict(reading(1, "node1", true, 10, 0))).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(reading(1, "node1", true, 10, 0), reading(2, "node1", true, 10, 0)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    private static Verdict verdict(SemiSyncReading... readings) {
        return SemiSyncFallback.check(List.of(readings)).verdict();
    }

    private static SemiSyncReading reading(long micros, String node, boolean on, long yes, long no) {
        return new SemiSyncReading(micros, node, on, 1, yes, no);
    }
}
