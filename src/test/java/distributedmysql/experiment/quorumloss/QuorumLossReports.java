package distributedmysql.experiment.quorumloss;

import distributedmysql.experiment.quorumloss.QuorumLossSection.Round;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.report.Timeline;
import distributedmysql.report.Timeline.Moment;
import java.util.List;

/** For tests of reports. */
public final class QuorumLossReports {
    private QuorumLossReports() {}

    /** Every key that there can be. */
    public static QuorumLossSection full(LedgerFigures ledger) {
        return new QuorumLossSection(
                List.of(
                        new Round("bootstrap", "node1", 5_000, 10_000.5, 10_010, 14_000, 25_000, timeline()),
                        new Round("force-members", "node1", 5_000, null, 8_000, 60_000, 75_000, timeline())),
                "node3 did not join",
                ledger);
    }

    private static Timeline timeline() {
        return new Timeline(
                -100,
                100,
                List.of(10, 0),
                List.of(0, 1),
                List.of(5, 5),
                List.of(0, 0),
                List.of(new Moment(0, "majority lost"), new Moment(50, "noticed")));
    }
}
