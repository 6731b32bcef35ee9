package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.ErrorPercent.Requests;
import org.junit.jupiter.api.Test;

class ErrorPercentTest {
    private static final String NAME = "some errors";

    @Test
    void validUpToTheLimit() {
        assertThat(ErrorPercent.check(NAME, new Requests(1000, 1, 0), 0.1))
                .isEqualTo(CheckResult.valid(NAME, "1 of 1,000 requests failed (0.10 %); at most 0.10 % may"));
        assertThat(ErrorPercent.check(NAME, new Requests(1000, 0, 0), 0).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void invalidAboveTheLimit() {
        assertThat(ErrorPercent.check(NAME, new Requests(1000, 2, 0), 0.1).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void whatOnlyTheCapKeptWaitingIsUnknown() {
        CheckResult result = ErrorPercent.check(NAME, new Requests(1_000, 41, 40), 0.1);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .isEqualTo("limited by external.max-rate; 41 of 1,000 requests failed (4.10 %): 40 waited too long for"
                        + " external.max-rate, 1 failed for another reason (0.10 %); at most 0.10 % may");
        assertThat(result.next()).startsWith("Raise external.max-rate");
    }

    @Test
    void whatFailedForAnotherReasonIsInvalidWhereTheCapWasTheLimitToo() {
        CheckResult result = ErrorPercent.check(NAME, new Requests(1_000, 42, 40), 0.1);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("2 failed for another reason (0.20 %)");
        assertThat(result.doubt()).isNull();
    }

    @Test
    void aSmallShareIsNotShownAsNone() {
        assertThat(ErrorPercent.check(NAME, new Requests(1_000_000, 3, 0), 0))
                .isEqualTo(CheckResult.invalid(NAME, "3 of 1,000,000 requests failed (3.0e-04 %); at most 0.00 % may"));
    }

    @Test
    void unknownWithoutRequests() {
        assertThat(ErrorPercent.check(NAME, new Requests(0, 0, 0), 100).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void refusesImpossibleFigures() {
        assertThatThrownBy(() -> ErrorPercent.check(NAME, new Requests(1, 2, 0), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErrorPercent.check(NAME, new Requests(1, 0, 0), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredthOfAPercentIsShownAsThat() {
        assertThat(ErrorPercent.check(NAME, new Requests(10_000, 1, 0), 1).evidence())
                .startsWith("1 of 10,000 requests failed (0.01 %)");
    }
}
