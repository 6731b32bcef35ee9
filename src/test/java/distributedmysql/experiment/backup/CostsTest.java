package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.load.record.IntervalRecorder.Interval;
import distributedmysql.monitor.LagStatistics;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.monitor.ReplicaLag.ServerLag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Load from second 10 to 20, in intervals of 100 ms with 30 requests each; a write each 10 ms, none from 14.0 to 14.8 s. */
class CostsTest {
    private static final long SECOND = 1_000_000;

    private final Ledger ledger = new Ledger();
    private final List<ReplicaLag> lags = new ArrayList<>();

    @Test
    void writes() {
        Cost cost = cost(new Span("clone", 13 * SECOND, 16 * SECOND));

        assertThat(cost.phase()).isEqualTo("clone");
        assertThat(cost.seconds()).isEqualTo(3);
        assertThat(cost.secondsUnderLoad()).isEqualTo(3);
        assertThat(cost.writes().perSecond()).isBetween(73.0, 74.0);
        assertThat(cost.writes().stalls().longestMillis()).isBetween(808.0, 809.0);
        assertThat(cost.writes().stalls().count()).isEqualTo(1);
        assertThat(cost.writes().latencyMicros().p50()).isEqualTo(2_000);
        // Those that arrived while nothing went on.
        assertThat(cost.writes().latencyMicros().max()).isBetween(790_000L, 800_000L);
        assertThat(cost.writes().errors()).isEqualTo(1);
    }

    @Test
    void load() {
        Cost cost = cost(new Span("clone", 13 * SECOND, 16 * SECOND));

        assertThat(cost.load().perSecond()).isEqualTo(300);
        assertThat(cost.load().latencyMicros().max()).isBetween(49L, 61L);
        assertThat(cost.load().errors()).isZero();
    }

    @Test
    @DisplayName("What lasts longer than the load is as long as it was, and its figures are of the part under load")
    void longerThanTheLoad() {
        Cost cost = cost(new Span("dump", 18 * SECOND, 30 * SECOND));

        assertThat(cost.seconds()).isEqualTo(12);
        assertThat(cost.secondsUnderLoad()).isEqualTo(2);
        assertThat(cost.load().perSecond()).isEqualTo(300);
        assertThat(cost.line()).contains("12.0 s, 2.0 s of it under load");
    }

    @Test
    @DisplayName("What lay outside of the load has no figures, and no zeros")
    void outside() {
        Cost cost = cost(new Span("dump", 25 * SECOND, 30 * SECOND));

        assertThat(cost.seconds()).isEqualTo(5);
        assertThat(cost.secondsUnderLoad()).isZero();
        assertThat(cost.load()).isNull();
        assertThat(cost.writes()).isNull();
        assertThat(cost.lagMicros()).isNull();
        assertThat(cost.line()).contains("backup.during is too short");
    }

    @Test
    @DisplayName(
            "How many times as high the 99th percentile is as before; not of before itself, nor of fewer than 300 requests")
    void timesBefore() {
        List<Cost> costs = costs().of(List.of(
                new Span("before", 10 * SECOND, 11 * SECOND), new Span("clone", 13 * SECOND, 16 * SECOND)));

        assertThat(costs.get(0).load().p99TimesBefore()).isNull();
        assertThat(costs.get(0).writes().p99TimesBefore()).isNull();
        // The intervals' latencies are 1 to 10, and 31 to 60.
        assertThat(costs.get(1).load().p99TimesBefore()).isEqualTo(6);
        assertThat(costs.get(1).line()).contains("p99 of 900 0.1 ms = 6.0 x before");
        assertThat(costs.get(0).load().succeeded()).isEqualTo(300);
        assertThat(costs.get(0).writes().acknowledged()).isEqualTo(100);
        assertThat(costs.get(1).writes().p99TimesBefore()).isNull();
    }

    @Test
    @DisplayName("What waited because everything had just been started is not before")
    void backlog() {
        for (int i = 0; i < 50; i++) {
            ledger.write(new LedgerWrite(10_000 + i, 9 * SECOND, 10_400_000 + 10_000 * i, Completion.OK, "uuid"));
        }

        Cost cost = cost(new Span("before", 10 * SECOND, 12 * SECOND));

        // All but 16 of them have ended at 10.74 s; the writes that arrive meanwhile are acknowledged at once.
        assertThat(cost.seconds()).isEqualTo(2);
        assertThat(cost.secondsUnderLoad()).isBetween(1.25, 1.27);
        assertThat(cost.writes().latencyMicros().max()).isLessThan(3_000);
    }

    @Test
    @DisplayName("The lag of every interval that the phase touches")
    void lag() {
        LagStatistics none = new LagStatistics(null, null, null, null, null, 0, 0);
        ServerLag server = new ServerLag(none, none, none, none);
        List<LagPoint> points = List.of(
                new LagPoint(12_000, 900_000L, null, null),
                new LagPoint(13_000, 5_000L, null, null),
                new LagPoint(14_000, null, null, null),
                new LagPoint(15_000, 70_000L, null, null));
        lags.add(new ReplicaLag("node2", null, none, server, none, 1_000, points));

        Cost cost = cost(new Span("clone", 13_500_000, 15_500_000));

        assertThat(cost.lagMicros().min()).isBetween(4_900L, 5_000L);
        assertThat(cost.lagMicros().max()).isBetween(69_000L, 71_000L);
    }

    private Cost cost(Span phase) {
        return costs().of(List.of(phase)).get(0);
    }

    private Costs costs() {
        int id = 1;
        for (long at = 10 * SECOND; at < 20 * SECOND; at += 10_000) {
            boolean stalled = at >= 14 * SECOND && at < 14_800_000;
            long end = stalled ? 14_800_000 + id : at + 2_000;
            if (!stalled || at == 14_010_000) {
                ledger.write(new LedgerWrite(id++, at, end, Completion.OK, "uuid"));
            }
        }
        ledger.write(new LedgerWrite(id, 15 * SECOND, 15 * SECOND, new Completion(Outcome.FAIL, "HY000", 1290), ""));
        List<Interval> intervals = IntStream.range(0, 100)
                .mapToObj(i -> {
                    Histogram latency = new Histogram(2);
                    latency.recordValueWithCount(i + 1, 30);
                    return new Interval(i / 10.0, 10, 0, latency);
                })
                .toList();
        return new Costs(List.of(ledger), 100, intervals, SECOND / 10, 10 * SECOND, lags);
    }
}
