package distributedmysql.experiment.sharding.transfers;

import distributedmysql.experiment.sharding.transfers.TransfersSection.HalfTransfer;
import distributedmysql.experiment.sharding.transfers.TransfersSection.KilledAt;
import distributedmysql.experiment.sharding.transfers.TransfersSection.RecoveryReport;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.report.LatencySummary;
import java.util.List;

/** For tests of reports. */
public final class TransfersReports {
    private TransfersReports() {}

    /** Every key that there can be. */
    public static TransfersSection full() {
        LatencySummary micros = new LatencySummary(1, 2.5, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000);
        return new TransfersSection(
                2_000,
                8,
                List.of(
                        new WayReport(
                                "unprotected",
                                97.4,
                                micros,
                                75.5,
                                551,
                                0,
                                1,
                                2,
                                List.of(new KilledAt(KillPoint.BETWEEN_COMMITS.words(), 2)),
                                2_000_000_000,
                                1_999_999_259L,
                                2,
                                741,
                                List.of(new HalfTransfer(370, 370), new HalfTransfer(371, 371)),
                                null),
                        new WayReport(
                                "xa",
                                65.6,
                                null,
                                35.5,
                                0,
                                11,
                                0,
                                0,
                                List.of(
                                        new KilledAt(KillPoint.BEFORE_DECISION.words(), 25),
                                        new KilledAt(KillPoint.BETWEEN_COMMITS.words(), 25)),
                                -5,
                                null,
                                0,
                                -7,
                                List.of(),
                                new RecoveryReport(481_000, 75, 25, 25))));
    }
}
