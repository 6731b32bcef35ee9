package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PerformanceErrorsTest {
    @Test
    void validUpToTheLimit() {
        assertThat(PerformanceErrors.check(1000, 1, 0.1))
                .isEqualTo(CheckResult.valid(
                        "performance errors", "1 of 1,000 requests failed (0.10 %); at most 0.10 % may"));
        assertThat(PerformanceErrors.check(1000, 0, 0).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void invalidAboveTheLimit() {
        assertThat(PerformanceErrors.check(1000, 2, 0.1).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void aSmallShareIsNotShownAsNone() {
        assertThat(PerformanceErrors.check(1_000_000, 3, 0))
                .isEqualTo(CheckResult.invalid(
                        "performance errors", "3 of 1,000,000 requests failed (3.0e-04 %); at most 0.00 % may"));
    }

    @Test
    void unknownWithoutRequests() {
        assertThat(PerformanceErrors.check(0, 0, 100).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void refusesImpossibleFigures() {
        assertThatThrownBy(() -> PerformanceErrors.check(1, 2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PerformanceErrors.check(1, 0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredthOfAPercentIsShownAsThat() {
        assertThat(PerformanceErrors.check(10_000, 1, 1).evidence()).startsWith("1 of 10,000 requests failed (0.01 %)");
    }
}
