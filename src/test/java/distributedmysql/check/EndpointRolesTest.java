package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.EndpointHistory;
import distributedmysql.history.EndpointHistory.Answer;
import distributedmysql.history.EndpointHistory.Refused;
import distributedmysql.history.EndpointHistory.Right;
import distributedmysql.history.EndpointHistory.Served;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One promotion, of node2 at second 10, and answers of servers that were not right when they came. */
class EndpointRolesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int READ_ONLY = 1290;

    private static CheckResult check(Answer... suspects) {
        return EndpointRoles.check(List.of(writer(100, 0, suspects)), LIMIT);
    }

    private static EndpointHistory writer(long requests, long notKept, Answer... suspects) {
        return new EndpointHistory(
                "writer",
                List.of(
                        new Right(0, false, List.of("node1"), 1_000L),
                        new Right(10_000_000, true, List.of("node2"), 10_400_000L)),
                List.of(new Served(3, "node1", requests)),
                List.of(new Refused("node2", READ_ONLY, 3)),
                List.of(suspects),
                notKept);
    }

    private static Answer write(String node, double second) {
        return answer(node, second, 0);
    }

    private static Answer answer(String node, double second, int code) {
        long micros = Math.round(second * 1e6);
        return new Answer(node, micros - 1_000, micros, true, code);
    }

    @Test
    void nothingSuspectedIsValid() {
        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo("writer: 100 answers, 0 of a wrong server, 3 writes refused as read-only");
    }

    @Test
    @DisplayName("A server takes writes a little before its promotion is known")
    void aWriteJustBeforeThePromotionIsKnownIsValid() {
        assertThat(check(write("node2", 9.9), write("node2", 5.1)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aWriteThatTheFormerPrimaryAcknowledgesIsInvalid() {
        CheckResult result = check(write("node1", 12.5), write("node1", 13.5));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .startsWith("writer: 2 writes acknowledged by a server that was not the primary, the first by node1 in"
                        + " second 12; writer: 100 answers, 2 of a wrong server");
    }

    @Test
    void aWriteLongBeforeThePromotionIsInvalid() {
        assertThat(check(write("node2", 4.9)).evidence())
                .startsWith("writer: 1 write acknowledged by a server that was not the primary, the first by node2 in"
                        + " second 4");
    }

    @Test
    void aWriteThatWasUnderWayAtThePromotionIsValid() {
        assertThat(check(new Answer("node1", 9_999_999, 10_100_000, true, 0)).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName(
            "A group's former primary is read-only a moment after the new one is known; one that never was right is wrong at once")
    void aWriteJustAfterTheSwitchIsValid() {
        assertThat(check(new Answer("node1", 10_000_000, 10_300_000, true, 0)).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(check(new Answer("node1", 10_200_000, 10_201_000, true, 0)).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(check(new Answer("node1", 10_200_001, 10_201_000, true, 0)).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(check(new Answer("node3", 10_000_001, 10_001_000, true, 0)).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void refusalsOfTheFormerPrimaryAreValidForAsLongAsTheRouterMayTake() {
        assertThat(check(answer("node1", 14.9, READ_ONLY)).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void anEndpointThatLeadsToTheFormerPrimaryForLongerIsInvalid() {
        CheckResult result = check(answer("node1", 12, READ_ONLY), answer("node1", 15.5, READ_ONLY));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .startsWith(
                        "writer: led to node1 in second 15, which had not been right for it for 5.5 s (at most 5.0 s)");
    }

    @Test
    void aServerThatNeverWasRightIsWrongSinceItsFirstAnswer() {
        assertThat(check(answer("node3", 6.5, READ_ONLY)).verdict()).isEqualTo(Verdict.VALID);
        assertThat(check(answer("node3", 6.5, READ_ONLY), answer("node3", 12, READ_ONLY))
                        .evidence())
                .startsWith("writer: led to node3 in second 12, which had not been right for it for 5.5 s");
    }

    @Test
    void withoutAnswersItIsUnknown() {
        CheckResult result = EndpointRoles.check(List.of(writer(0, 0)), LIMIT);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("nothing was answered; writer: 0 answers");
    }

    @Test
    void whatCouldNotBeKeptIsUnknown() {
        assertThat(EndpointRoles.check(List.of(writer(9, 2)), LIMIT).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theSecondsOfWrongAnswersAreNamedOnce() {
        EndpointHistory history = writer(1, 0, write("node1", 12.1), write("node1", 12.9), write("node1", 14.0));

        assertThat(history.wrongSeconds(5_000_000)).containsExactly(12L, 14L);
    }
}
