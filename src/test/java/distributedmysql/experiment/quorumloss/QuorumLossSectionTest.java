package distributedmysql.experiment.quorumloss;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Timeline.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumLossSectionTest {
    @Test
    void aRoundHasItsTimelineFromTheLossOn() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 100; i++) {
            boolean lost = i >= 50 && i < 80;
            ledger.write(new LedgerWrite(
                    i,
                    i * 100_000L,
                    i * 100_000L + 1_000,
                    lost ? new Completion(Outcome.FAIL, "HY000", 3100) : Completion.OK,
                    lost ? "" : "a"));
        }
        QuorumLoss loss = new QuorumLoss(Recovery.BOOTSTRAP, "node1", 5_000_000, 5_500_000, 7_000_000, 8_000_000);

        QuorumLossSection.Round round = QuorumLossSection.Round.of(ledger, loss, 9_000_000);

        assertThat(round.timeline().fromMillis()).isEqualTo(-3_000);
        assertThat(round.timeline().writesAnswered().subList(30, 60)).containsOnly(0);
        assertThat(round.timeline().writesFailed().subList(30, 60)).containsOnly(1);
        assertThat(round.timeline().writesAnswered().subList(60, 70)).containsOnly(1);
        assertThat(round.timeline().moments())
                .contains(new Moment(0, "majority lost"), new Moment(3_000, "writes again"));
    }

    @Test
    void picturesAndMetricsAreOfTheRounds() {
        QuorumLossSection section = QuorumLossReports.full(null);
        assertThat(section.plots())
                .map(Plot::title)
                .containsExactly(
                        "Quorum loss, round 1: writes",
                        "Quorum loss, round 1: reads",
                        "Quorum loss, round 2: writes",
                        "Quorum loss, round 2: reads");
        assertThat(section.plots().get(0).marks()).contains(new Mark(50, "noticed"));
        assertThat(section.metrics()).map(Metric::value).containsExactly((3_990 + 52_000) / 2.0);
        QuorumLossSection none = new QuorumLossSection(List.of(), "interrupted", null);
        assertThat(none.plots()).isEmpty();
        assertThat(none.metrics()).isEmpty();
    }
}
