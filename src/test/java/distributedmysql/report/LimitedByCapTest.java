package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.mysql.CapUse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
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
        CheckResult unknown = LimitedByCap.judged(missed, List.of(limited(List.of())));
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.evidence()).isEqualTo("mixed 200/s limited by external.max-rate = 500; 150 of 200");
        assertThat(unknown.next()).startsWith("Raise external.max-rate");
        CheckResult achieved = CheckResult.valid("target rate", "200 of 200");
        assertThat(LimitedByCap.judged(achieved, List.of(limited(List.of())))).isEqualTo(achieved);
    }

    @Test
    @DisplayName("The cap hides no other stage that missed its rate, and no errors of a server")
    void hidesNothing() {
        CheckResult missed = CheckResult.invalid("target rate", "150 of 200");
        ErrorCount ofCap = new ErrorCount("CAP", 0, 500, "waited");
        ErrorCount ofServer = new ErrorCount("HY000", 1205, 500, "lock wait");

        assertThat(LimitedByCap.judged(missed, List.of(FREE, limited(List.of()))))
                .isEqualTo(missed);
        assertThat(LimitedByCap.judged(missed, List.of(limited(List.of(ofServer)))))
                .isEqualTo(missed);
        assertThat(LimitedByCap.judged(missed, List.of(limited(List.of(ofCap, ofServer)))))
                .isEqualTo(missed);
        assertThat(LimitedByCap.judged(missed, List.of(limited(List.of(ofCap)))).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whatWaitedTooLongForItIsToldFromOtherErrors() {
        assertThat(Stage.requests(List.of(
                        limited(List.of(
                                new ErrorCount("CAP", 0, 7, "waited"), new ErrorCount("HY000", 1205, 2, "lock wait"))),
                        FREE)))
                .satisfies(all -> {
                    assertThat(all.failed()).isEqualTo(9);
                    assertThat(all.ofCap()).isEqualTo(7);
                });
    }

    @Test
    void theConsoleHasALineForEachStageThatItLimited() {
        RunReport report = Reports.of(List.of(), List.of(FREE, limited(List.of())), null);

        assertThat(ConsoleSummary.of(report, null, null))
                .contains("\nwarning: mixed 200/s: limited by external.max-rate = 500, 100 % of the time\n")
                .doesNotContain("select 200/s: limited");
    }

    private static Stage limited(List<ErrorCount> errors) {
        Stage open = Reports.open("mixed 200/s", 200, 150, errors);
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
                CAP,
                null,
                null,
                null);
    }
}
