package distributedmysql.experiment.quorumloss;

import distributedmysql.experiment.quorumloss.QuorumLossSection.Round;
import distributedmysql.ledger.LedgerFigures;
import java.util.List;

/** For tests of reports. */
public final class QuorumLossReports {
    private QuorumLossReports() {}

    /** Every key that there can be. */
    public static QuorumLossSection full(LedgerFigures ledger) {
        return new QuorumLossSection(
                List.of(
                        new Round("bootstrap", "node1", 5_000, 10_000.5, 10_010, 14_000, 25_000),
                        new Round("force-members", "node1", 5_000, null, 8_000, 60_000, 75_000)),
                "node3 did not join",
                ledger);
    }
}
