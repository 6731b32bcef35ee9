package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private final Failover failover = FailoverReports.full();

    @Test
    void theMedianAndTheWorstAreOfAllRoundsOrAbsent() {
        assertThat(failover.rtoMillis()).isEqualTo(new Failover.Spread(1_000, 1_200));
        assertThat(Failover.Spread.of(Arrays.asList(1.0, null))).isNull();
        assertThat(Failover.Spread.of(List.of())).isNull();
    }

    @Test
    void withoutFiguresThereIsTheReasonAndNothingElse() {
        Failover none = Failover.of("async", "the primary did not die", Reports.START, List.of(), null, null);

        assertThat(none.reason()).isEqualTo("the primary did not die");
        assertThat(none.rtoMillis()).isNull();
        assertThat(none.rpo()).isNull();
    }

    @Test
    void theConsoleHasALineForEachMode() {
        assertThat(ConsoleSummary.of(Reports.full(), null, null))
                .contains(
                        "Failover after-sync: writes down 1000 ms (worst 1200), reads 21 ms (worst 21), 3 of 1000 writes"
                                + " lost (busy machine)\n")
                .contains("Failover async: not measured: not ours\n");
    }
}
