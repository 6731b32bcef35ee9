package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.TargetRate.OpenStage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetRateTest {
    @Test
    void validFrom99Point5PercentOn() {
        assertThat(TargetRate.check(List.of(new OpenStage("select 200", 200, 199, 10))))
                .isEqualTo(CheckResult.valid(
                        "target rate", "select 200: 199.0 of 200.0 requests/s (99.50 %); at least 99.5 % is needed"));
    }

    @Test
    void invalidWhereOneStageMissesItsTarget() {
        List<OpenStage> stages =
                List.of(new OpenStage("select 200", 200, 200, 10), new OpenStage("mixed", 200, 198.9, 10));
        assertThat(TargetRate.check(stages))
                .isEqualTo(CheckResult.invalid(
                        "target rate", "mixed: 198.9 of 200.0 requests/s (99.45 %); at least 99.5 % is needed"));
    }

    @Test
    void oneRequestAtTheEdgeOfAShortStageMayBeMissing() {
        assertThat(TargetRate.check(List.of(new OpenStage("select 50", 50, 49, 1)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(TargetRate.check(List.of(new OpenStage("select 50", 50, 48, 1)))
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(TargetRate.check(List.of(new OpenStage("select 50", 50, 49.33, 1.5)))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void unknownWithoutStages() {
        assertThat(TargetRate.check(List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void refusesFiguresThatAreNone() {
        assertThatThrownBy(() -> new OpenStage("mixed", 200, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenStage("mixed", 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStageThatAchievedNothingIsAFigureAndOneWithoutTimeIsNot() {
        assertThat(TargetRate.check(List.of(new OpenStage("mixed", 200, 0, 1))).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThatThrownBy(() -> new OpenStage("mixed", 200, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
