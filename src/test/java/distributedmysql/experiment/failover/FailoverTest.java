package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.report.ConsoleSummary;
import distributedmysql.report.FailoverReports;
import distributedmysql.report.Reports;
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
        Failover none =
                Failover.of("async", "the primary did not die", Reports.START, List.of(), null, List.of(), null);

        assertThat(none.reason()).isEqualTo("the primary did not die");
        assertThat(none.rtoMillis()).isNull();
        assertThat(none.rpo()).isNull();
    }

    @Test
    void theConsoleHasALineForEachMode() {
        assertThat(ConsoleSummary.of(Reports.full(), null, null))
                .contains(
                        "Failover after-sync of shard1: writes down 1000 ms (worst 1200), reads 21 ms (worst 21), 3 of 1000"
                                + " acknowledged writes lost; 3 more of unknown outcome (busy machine)\n"
                                + "  suspected after 5000 ms, expelled 1001 ms later, a new primary 200 ms later, first write 30 ms"
                                + " later\n")
                .contains(
                        "  round 4 was interrupted; hooks that ran: external.hooks.kill for node2 (db2:3306): exit code"
                                + " 0; external.hooks.promote for node1 (db1:3306): did not end within 30 s\n"
                                + "  primary now: unknown, because node1 (db1:3306) is read-only; stopped: node2\n"
                                + "  next: start node2 (db2:3306) again\n")
                .doesNotContain("Failover async");
    }
}
