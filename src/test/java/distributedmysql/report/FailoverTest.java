package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.FailoverFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private final Failover failover = FailoverReports.full();

    @Test
    void theMedianAndTheWorstAreOfTheRoundsThatHaveAFigure() {
        assertThat(failover.rtoMillis()).isEqualTo(new Failover.Spread(1_000, 1_200));
        assertThat(failover.detectMillis()).isEqualTo(new Failover.Spread(900, 900));
    }

    @Test
    void theSecondsOfErrorsCountFromTheStart() {
        assertThat(failover.errors())
                .extracting(FailoverFigures.ErrorCount::second)
                .containsExactly(2L);
    }

    @Test
    void withoutFiguresThereIsTheReasonAndNothingElse() {
        Failover none = Failover.of("async", "the primary did not die", Reports.START, List.of(), null, 0);

        assertThat(none.reason()).isEqualTo("the primary did not die");
        assertThat(none.rtoMillis()).isNull();
        assertThat(none.rpo()).isNull();
    }

    @Test
    void theConsoleHasALineForEachMode() {
        assertThat(ConsoleSummary.of(Reports.full(), null, null))
                .contains(
                        "Failover after-sync: writes down 1000 ms (worst 1200), reads 21 ms (worst 21), 3 of 1000 writes"
                                + " lost\n")
                .contains("Failover async: not measured: not ours\n");
    }
}
