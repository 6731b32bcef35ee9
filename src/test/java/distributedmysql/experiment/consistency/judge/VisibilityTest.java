package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.report.PercentilePoint;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VisibilityTest {
    private final HandWritten history = new HandWritten(Probe.POLL, Set.of(), "node2");

    @Test
    void theLastStaleReadCountsAndNotTheFirstFreshOne() {
        poll(1, 1, 10, 0);
        poll(1, 1, 20, 1);
        poll(1, 1, 30, 0);
        poll(1, 1, 40, 1);
        poll(1, 1, 50, 1);
        assertFigures(new Visibility.Replica("node2", 1, 40L, 40L, 40L, 40L, 0, 0, null));
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void everyWriteOfAKeyIsASample() {
        poll(1, 1, 0, 1);
        poll(1, 2, 10, 1);
        poll(1, 2, 20, 2);
        poll(2, 1, 30, 5);
        assertFigures(new Visibility.Replica("node2", 3, 20L, 30L, 30L, 30L, 0, 0, null));
    }

    @Test
    void percentilesAreThoseOfTheWrites() {
        for (int i = 1; i <= 100; i++) {
            poll(i, 1, i, 1);
        }
        assertFigures(new Visibility.Replica("node2", 100, 50L, 90L, 99L, 100L, 0, 0, null));
        assertThat(replica().distribution())
                .contains(new PercentilePoint(0, 1), new PercentilePoint(75, 75), new PercentilePoint(99, 99))
                .doesNotContain(new PercentilePoint(99.5, 100));
    }

    @Test
    void aWriteThatNeverBecameVisibleIsInvalid() {
        poll(1, 1, 10, 1);
        poll(2, 1, 10, 1);
        poll(2, 1, 20, 0);
        assertThat(replica().neverVisible()).isEqualTo(1);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).startsWith("key 2, version 1, did not become visible on node2");
    }

    @Test
    void withoutSamplesOfEachReplicaTheVerdictIsUnknown() {
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        HandWritten two = new HandWritten(Probe.POLL, Set.of(), "node2", "node3");
        two.add(read(1, 1, 10, Completion.OK, new Read.Answer(1, true)));
        assertThat(two.check(Visibility.NAME).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(two.check(Visibility.NAME).evidence()).startsWith("node3: no samples");
    }

    @Test
    void readsWithoutAnAnswerOrOfADamagedRowSayNothing() {
        history.add(read(1, 1, 10, HandWritten.BROKEN, Read.Answer.NONE));
        history.add(read(1, 1, 20, Completion.OK, new Read.Answer(1, false)));
        assertThat(replica().unanswered()).isEqualTo(1);
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        poll(1, 1, 30, 1);
        assertThat(replica().p50()).isEqualTo(30);
    }

    @Test
    void aVersionThatIsVisibleAtOnceHasATimeOfItsOwn() {
        poll(1, 1, 5_250, 1);
        poll(1, 2, 10, 2);
        assertFigures(new Visibility.Replica("node2", 2, 10L, 5_251L, 5_251L, 5_251L, 0, 0, null));
        assertThat(check().evidence())
                .isEqualTo("node2: 2 samples, p50 0.01 ms, p90 5.251 ms, p99 5.251 ms, max 5.251 ms, 0 never visible,"
                        + " 0 unanswered");
    }

    @Test
    void aNodeThatWasNotPlannedIsReportedToo() {
        HandWritten other = new HandWritten(Probe.POLL, Set.of(), "node3");
        other.add(read(1, 1, 10, Completion.OK, new Read.Answer(1, true)));
        assertThat(other.verdicts().visibilityMicros())
                .extracting(Visibility.Replica::replica)
                .containsExactly("node2", "node3");
    }

    private void assertFigures(Visibility.Replica expected) {
        assertThat(replica())
                .usingRecursiveComparison()
                .ignoringFields("distribution")
                .isEqualTo(expected);
    }

    private void poll(long key, long version, long after, long observed) {
        history.add(read(key, version, after, Completion.OK, new Read.Answer(observed, true)));
    }

    private static Read read(long key, long version, long after, Completion ending, Read.Answer answer) {
        long acknowledged = 1_000_000 * version;
        Invocation call = new Invocation(1, Probe.POLL, key, "node2", acknowledged + after, acknowledged + after + 3);
        Read.After write = new Read.After(version, acknowledged, 0);
        return new Read(call, ending, Strategy.REPLICA, write, answer, Read.GtidWait.NONE);
    }

    private Visibility.Replica replica() {
        return history.verdicts().visibilityMicros().get(0);
    }

    private CheckResult check() {
        return history.check(Visibility.NAME);
    }
}
