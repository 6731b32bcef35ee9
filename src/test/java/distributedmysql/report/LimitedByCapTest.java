package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.topology.CapUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitedByCapTest {
    private static final Stage FREE = Reports.open("select 200/s", 200, 150, List.of());
    private static final LimitedByCap CAP = new LimitedByCap(500, 1_000, 990, 81.25, 100);

    @Test
    void isSaidFromOneRequestInAHundredOn() {
        assertThat(LimitedByCap.of(Optional.empty())).isNull();
        assertThat(LimitedByCap.of(Optional.of(new CapUse(500, 0, 0, 0, 0)))).isNull();
        assertThat(LimitedByCap.of(Optional.of(new CapUse(500, 1_000, 9, 9_000_000, 0.1))))
                .isNull();
        assertThat(LimitedByCap.of(Optional.of(new CapUse(500, 1_000, 10, 25_000_000, 0.1234))))
                .isEqualTo(new LimitedByCap(500, 1_000, 10, 2.5, 12.3));
    }

    @Test
    void whatWasMissedWhereItWasTheLimitIsUnknown() {
        CheckResult missed = CheckResult.invalid("target rate", "150 of 200");

        assertThat(LimitedByCap.judged(missed, List.of(FREE))).isEqualTo(missed);
        assertThat(LimitedByCap.judged(missed, List.of(FREE, limited())))
                .isEqualTo(CheckResult.unknown(
                        "target rate",
                        Doubt.LIMITED_BY_CAP,
                        "mixed 200/s limited by external.max-rate = 500; 150 of 200"));
        CheckResult achieved = CheckResult.valid("target rate", "200 of 200");
        assertThat(LimitedByCap.judged(achieved, List.of(limited()))).isEqualTo(achieved);
    }

    @Test
    void theConsoleHasALineForEachStageThatItLimited() {
        RunReport report = Reports.of(List.of(), new Performance(List.of(FREE, limited()), null), true);

        assertThat(ConsoleSummary.of(report, null, null))
                .contains("\nwarning: mixed 200/s: limited by external.max-rate = 500, 100 % of the time\n")
                .doesNotContain("select 200/s: limited");
    }

    private static Stage limited() {
        Stage open = Reports.open("mixed 200/s", 200, 150, List.of());
        return new Stage(
                open.name(),
                open.engine(),
                open.model(),
                open.targetQps(),
                open.achievedQps(),
                open.requests(),
                open.errors(),
                open.latencyMicros(),
                open.poolWaitMicros(),
                open.byRole(),
                open.byRequest(),
                open.concurrency(),
                open.steadySeconds(),
                open.interrupted(),
                open.generator(),
                CAP);
    }
}
