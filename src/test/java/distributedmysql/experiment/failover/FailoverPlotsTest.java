package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.ledger.LedgerTimeline;
import distributedmysql.report.FailoverReports;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Timeline;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverPlotsTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);

    /** Writes every 10 ms; none is answered from 3,040 to 3,740 ms, one of them fails. */
    @Test
    void anOutageOf700MillisIsAGapOf700() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 800; i++) {
            long arrived = i * 10_000L;
            boolean down = arrived >= 3_040_000 && arrived < 3_740_000;
            boolean fails = arrived == 3_100_000;
            long ended = fails ? arrived + 5_000 : down ? 3_740_000 : arrived + 1_000;
            ledger.write(new LedgerWrite(i, arrived, ended, fails ? BROKEN : Completion.OK, fails ? "" : "a"));
            ledger.read(new LedgerRead("node2", arrived, arrived + 500, Completion.OK), new BitSet());
        }

        Timeline timeline = LedgerTimeline.of(ledger, 3_040_000, 40_000, 8_000_000, List.of());

        int kill = 30;
        assertThat(timeline.fromMillis()).isEqualTo(-3_000);
        assertThat(timeline.writesAnswered().subList(kill, kill + 7)).containsOnly(0);
        assertThat(timeline.writesAnswered().get(kill - 1)).isEqualTo(10);
        assertThat(timeline.writesAnswered().get(kill + 7)).isEqualTo(69 + 10);
        assertThat(timeline.writesFailed().get(kill)).isEqualTo(1);
        assertThat(timeline.readsAnswered()).containsOnly(10);
    }

    @Test
    void theRoundsAreComparedAndHaveATimelineEach() {
        List<Plot> plots = new FailoverSection(List.of(FailoverReports.full()), null, null).plots();
        assertThat(plots)
                .map(Plot::title)
                .containsExactly(
                        "failover after-sync: time by round",
                        "failover after-sync, round 1: writes",
                        "failover after-sync, round 1: reads",
                        "failover after-sync, round 2: writes",
                        "failover after-sync, round 2: reads",
                        "failover after-sync, round 3: writes",
                        "failover after-sync, round 3: reads");
        assertThat(plots.get(0).series().get(2).points())
                .containsExactly(Point.of(1, 800.5), Point.of(2, 1_200.0), Point.of(3, 1_000.0));
        assertThat(plots.get(1).marks().get(1)).isEqualTo(new Plot.Mark(100.5, "first write"));
    }

    @Test
    void whatWasNotMeasuredIsNoPicture() {
        assertThat(new FailoverSection(null, null, null).plots()).isEmpty();
        assertThat(new FailoverSection(List.of(Failover.none("async", "not ours")), null, null).plots())
                .isEmpty();
    }
}
