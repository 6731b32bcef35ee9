package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.sharding.transfers.TransfersSection.HalfTransfer;
import distributedmysql.experiment.sharding.transfers.TransfersSection.KilledAt;
import distributedmysql.experiment.sharding.transfers.TransfersSection.RecoveryReport;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.monitor.LoadTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransfersSectionTest {
    @Test
    @DisplayName("Figures are of the transfers that were measured; what was lost is named")
    void report() {
        KnownTransfers known = new KnownTransfers(Way.UNPROTECTED);
        TransferRecord record = new TransferRecord(
                new TransferPlan(List.of(List.of(KnownTransfers.ONE), List.of(KnownTransfers.THREE)), 5, 1, 0));
        assertThat(record.time()).isEmpty();
        long second = 1_000_000_000;
        known.ended.values().forEach(ended -> {
            long start = ended.transfer().number() * second;
            record.ended(ended, start, start + second / 2);
        });

        assertThat(record.time()).contains(new LoadTime(2 * second, 6 * second + second / 2));
        WayReport report = WayReport.of(known.record(), record, new Recovery.Result(5_000, 3, 1, 1));

        // Transfers 2 and 3 are measured, of which 2 was acknowledged, and 4 to 6 are those with kills.
        assertThat(report.perSecond()).isEqualTo(1 / 1.5);
        assertThat(report.micros().p50()).isBetween(499_000L, 501_000L);
        assertThat(report.perSecondWithKills()).isZero();
        assertThat(List.of(report.acknowledged(), report.rolledBack(), report.failed(), report.unknown()))
                .containsExactly(2L, 1L, 1L, 1L);
        assertThat(report.killed()).containsExactly(new KilledAt("between the two commits", 1));
        assertThat(report.sumBefore()).isEqualTo(400);
        assertThat(report.sumAfter()).isEqualTo(394);
        assertThat(report.lost()).isEqualTo(6);
        assertThat(report.lostTransfers()).containsExactly(new HalfTransfer(6, 6));
        assertThat(report.recovery()).isEqualTo(new RecoveryReport(5_000, 3, 1, 1));
    }

    @Test
    void console() {
        assertThat(TransfersReports.full().console(part -> part.endsWith("XA") ? " (busy machine)" : ""))
                .containsExactly(
                        "Transfers across shards (8 clients, 2000 accounts):",
                        "  way          acknowledged/s      p50/p95/p99 ms  with kills acknowledged rolled back  failed"
                                + "  unknown",
                        "  unprotected              97         2.0/4.0/5.0          76          551           0       1"
                                + "        2",
                        "  xa                       66                   -          36            0          11       0"
                                + "        0 (busy machine)",
                        "  unprotected: clients killed between the two commits: 2; sum of balances: 2000000000 before,"
                                + " 1999999259 after, lost: 741 in 2 half transfers (370 of 370, 371 of 371)",
                        "  xa: clients killed between prepare and decision: 25, between the two commits: 25; sum of"
                                + " balances: -5 before, not read after; recovered in 481 ms, transfers committed: 25, rolled"
                                + " back: 25");
    }
}
