package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.load.record.IntervalRecorder.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Load from second 10 to 20, in intervals of 100 ms with one request each; a write each 10 ms, none from 14.0 to 14.8 s. */
class CostsTest {
    private static final long SECOND = 1_000_000;

    private final Ledger ledger = new Ledger();

    @Test
    void writes() {
        Cost cost = costs().of(new Span("clone", 13 * SECOND, 16 * SECOND));

        assertThat(cost.phase()).isEqualTo("clone");
        assertThat(cost.seconds()).isEqualTo(3);
        assertThat(cost.writesPerSecond()).isBetween(73.0, 74.0);
        assertThat(cost.longestStallMillis()).isBetween(808.0, 809.0);
        assertThat(cost.writeMicros().p50()).isEqualTo(2_000);
        // Those that arrived while nothing went on.
        assertThat(cost.writeMicros().max()).isBetween(790_000L, 800_000L);
        assertThat(cost.writeErrors()).isEqualTo(1);
        assertThat(cost.lagMillis()).isNull();
    }

    @Test
    void load() {
        Cost cost = costs().of(new Span("clone", 13 * SECOND, 16 * SECOND));

        assertThat(cost.loadPerSecond()).isEqualTo(10);
        assertThat(cost.loadMicros().max()).isBetween(49L, 61L);
        assertThat(cost.loadErrors()).isZero();
    }

    @Test
    void whatLastsLongerThanTheLoadIsCutOff() {
        Cost cost = costs().of(new Span("dump", 18 * SECOND, 30 * SECOND));

        assertThat(cost.seconds()).isEqualTo(2);
        assertThat(cost.loadPerSecond()).isEqualTo(10);
    }

    @Test
    void whatIsOutsideOfItHasNoFigures() {
        Cost cost = costs().of(new Span("dump", 25 * SECOND, 30 * SECOND));

        assertThat(cost.seconds()).isZero();
        assertThat(cost.loadMicros()).isNull();
        assertThat(cost.writeMicros()).isNull();
        assertThat(cost.longestStallMillis()).isZero();
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
                    latency.recordValue(i + 1);
                    return new Interval(i / 10.0, 10, 0, latency);
                })
                .toList();
        return new Costs(List.of(ledger), intervals, SECOND / 10, 10 * SECOND, List.of());
    }
}
