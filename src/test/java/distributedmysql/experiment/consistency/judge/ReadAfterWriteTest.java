package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadAfterWriteTest {
    private static final Read.Answer CORRUPT = new Read.Answer(2, false);

    @Test
    void theCountsAndTheIntervalAreThoseOfTheReads() {
        HandWritten history = planned(Strategy.REPLICA);
        for (int i = 0; i < 7; i++) {
            history.follow(Strategy.REPLICA, "node2", i % 2 == 0 ? 2 : 3);
        }
        history.follow(Strategy.REPLICA, "node2", 1)
                .follow(Strategy.REPLICA, "node2", 1)
                .follow(Strategy.REPLICA, "node2", 0)
                .follow(Strategy.REPLICA, "node2", HandWritten.BROKEN, Read.Answer.NONE, false);
        ReadAfterWrite.Cell cell = cell(history);
        assertThat(cell.delayMillis()).isEqualTo(5.0);
        assertThat(cell.samples()).isEqualTo(10);
        assertThat(cell.fresh()).isEqualTo(7);
        assertThat(cell.stale()).isEqualTo(2);
        assertThat(cell.missing()).isEqualTo(1);
        assertThat(cell.failed()).isEqualTo(1);
        assertThat(cell.probabilityFresh()).isEqualTo(0.7);
        // The example of 7 in 10, as any calculator of Wilson's interval gives it.
        assertThat(cell.ci95().low()).isCloseTo(0.39677, within(1e-4));
        assertThat(cell.ci95().high()).isCloseTo(0.89220, within(1e-4));
        assertThat(cell.actualDelayMicros().max()).isBetween(5_190L, 5_200L);
    }

    @ParameterizedTest
    @EnumSource
    void onlyFreshReadsAreValidUnderEveryStrategy(Strategy strategy) {
        assertThat(withReads(strategy, 2, 3)).isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @EnumSource
    void aStaleReadIsInvalidWhereTheStrategyRulesItOut(Strategy strategy) {
        Verdict expected = rulesOutStaleReads(strategy) ? Verdict.INVALID : Verdict.VALID;
        assertThat(withReads(strategy, 2, 1)).isEqualTo(expected);
        assertThat(withReads(strategy, 2, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aCorruptReadIsInvalidUnderEveryStrategy(Strategy strategy) {
        HandWritten history = complete(strategy).follow(strategy, node(strategy), Completion.OK, CORRUPT, false);
        assertThat(verdict(history)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void aCorruptReadIsFoundAlsoAfterATimeOut() {
        HandWritten history =
                complete(Strategy.GTID_WAIT).follow(Strategy.GTID_WAIT, "node2", Completion.OK, CORRUPT, true);
        assertThat(verdict(history)).isEqualTo(Verdict.INVALID);
    }

    @Test
    void aTimeOutIsNeitherFreshNorStale() {
        Read.Answer stale = new Read.Answer(1, true);
        Read.Answer fresh = new Read.Answer(2, true);
        HandWritten history = planned(Strategy.GTID_WAIT)
                .follow(Strategy.GTID_WAIT, "node2", HandWritten.FAILED, Read.Answer.NONE, true)
                .follow(Strategy.GTID_WAIT, "node2", Completion.OK, stale, true)
                .follow(Strategy.GTID_WAIT, "node2", Completion.OK, fresh, true);
        assertThat(cell(history).timedOut()).isEqualTo(3);
        assertThat(cell(history).samples()).isZero();
        assertThat(cell(history).probabilityFresh()).isNull();
        assertThat(verdict(history)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void tooFewSamplesOfOneReplicaAreUnknown() {
        HandWritten history = new HandWritten(Probe.DELAYED_READ, Set.of(Strategy.REPLICA), "node2", "node3");
        CheckResult none = history.check(ReadAfterWrite.NAME);
        assertThat(none.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(none.evidence()).startsWith("replica on node2 after 0 ms: 0 samples, 2 needed");
        fill(history, Strategy.REPLICA, "node2", 2);
        fill(history, Strategy.REPLICA, "node3", 1);
        CheckResult few = history.check(ReadAfterWrite.NAME);
        assertThat(few.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(few.evidence()).startsWith("replica on node3 after 0 ms: 1 sample, 2 needed");
        fill(history, Strategy.REPLICA, "node3", 1);
        assertThat(verdict(history)).isEqualTo(Verdict.VALID);
    }

    @Test
    void theEvidenceNamesTheFirstStaleRead() {
        HandWritten history = planned(Strategy.PRIMARY).follow(Strategy.PRIMARY, "node1", 1);
        assertThat(history.check(ReadAfterWrite.NAME).evidence())
                .startsWith("primary on node1 after 5 ms: key 1, version 2 acknowledged at 0.001000 s, was read as"
                        + " version 1 from 0.006010 s to 0.006020 s; primary: 1 sample, 1 stale");
    }

    @Test
    void aDelayThatWasNotPlannedIsReportedToo() {
        HandWritten other = new HandWritten(Probe.DELAYED_READ, Set.of(), "node2");
        other.follow(Strategy.STICKY, "node2", 2);
        assertThat(other.verdicts().readAfterWrite())
                .singleElement()
                .satisfies(cell -> assertThat(cell.fresh()).isEqualTo(1));
    }

    private static Verdict withReads(Strategy strategy, long one, long other) {
        String node = node(strategy);
        return verdict(complete(strategy).follow(strategy, node, one).follow(strategy, node, other));
    }

    /** With enough samples for a verdict. */
    private static HandWritten complete(Strategy strategy) {
        HandWritten history = planned(strategy);
        fill(history, strategy, node(strategy), 2);
        return history;
    }

    private static void fill(HandWritten history, Strategy strategy, String node, int samples) {
        for (int i = 0; i < samples; i++) {
            for (long delay : new long[] {0, 5_000}) {
                history.add(new Read(
                        new distributedmysql.history.Invocation(1, Probe.DELAYED_READ, 9, node, 9_000, 9_010),
                        Completion.OK,
                        strategy,
                        new Read.After(1, 1_000, delay),
                        new Read.Answer(1, true),
                        Read.GtidWait.NONE));
            }
        }
    }

    private static HandWritten planned(Strategy strategy) {
        return new HandWritten(Probe.DELAYED_READ, Set.of(strategy), "node2");
    }

    private static String node(Strategy strategy) {
        return strategy == Strategy.PRIMARY ? "node1" : "node2";
    }

    private static boolean rulesOutStaleReads(Strategy strategy) {
        return strategy == Strategy.GTID_WAIT || strategy == Strategy.PRIMARY;
    }

    private static ReadAfterWrite.Cell cell(HandWritten history) {
        return history.verdicts().readAfterWrite().stream()
                .filter(cell -> cell.delayMillis() == 5.0)
                .findFirst()
                .orElseThrow();
    }

    private static Verdict verdict(HandWritten history) {
        return history.check(ReadAfterWrite.NAME).verdict();
    }
}
