package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LostWritesTest {
    private static final long KEY = 5;

    private final HandWritten history = new HandWritten(Probe.FINAL_READ, Set.of(), "node2");

    @Test
    void everyAcknowledgedWriteOnEveryNodeIsValid() {
        written(KEY, Completion.OK, Completion.OK);
        found(KEY, 2, 2);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(counts()).isEqualTo(new LostWrites.Counts(2, 0, 0, 0, List.of(), 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aWriteThatOneNodeDoesNotHaveIsLost() {
        written(KEY, Completion.OK, Completion.OK, HandWritten.FAILED, Completion.OK);
        written(KEY + 1, Completion.OK);
        found(KEY, 4, 1);
        found(KEY + 1, 1, 0);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence())
                .startsWith("key 5: version 4 was acknowledged, but node2 has version 1; 4 acknowledged, 3 lost"
                        + " (keys [5, 6])");
        assertThat(counts().lost()).isEqualTo(3);
        assertThat(counts().lostKeys()).containsExactly(KEY, KEY + 1);
    }

    @Test
    void anUnknownWriteMaySurviveOrVanish() {
        written(1, Completion.OK, HandWritten.BROKEN);
        found(1, 2, 2);
        written(2, HandWritten.BROKEN);
        found(2, 0, 0);
        written(3, HandWritten.BROKEN, Completion.OK);
        found(3, 2, 2);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(counts()).isEqualTo(new LostWrites.Counts(2, 0, 3, 0, List.of(), 1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void anUnknownWriteOnSomeNodesOnlyIsInvalid() {
        written(KEY, Completion.OK, HandWritten.BROKEN);
        found(KEY, 1, 2);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(counts().unknownDiverged()).isEqualTo(1);
    }

    @Test
    void aFailedWriteThatIsThereIsInvalid() {
        written(KEY, Completion.OK, HandWritten.FAILED);
        found(KEY, 2, 2);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).startsWith("key 5: a version whose write failed was read");
        assertThat(counts().phantoms()).isEqualTo(1);
    }

    @Test
    void aFailedWriteThatIsAbsentIsRight() {
        written(KEY, HandWritten.FAILED, Completion.OK, HandWritten.FAILED);
        found(KEY, 2, 2);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(counts().failed()).isEqualTo(2);
    }

    @Test
    void aVersionThatAReaderSawMustStay() {
        written(KEY, Completion.OK, HandWritten.BROKEN);
        history.add(read(Probe.SESSION, "node1", KEY, Completion.OK, new Read.Answer(2, true)));
        found(KEY, 1, 1);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(counts().seenThenLost()).isEqualTo(1);
        assertThat(counts().lost()).isZero();
    }

    @Test
    void aNodeThatWasNotReadIsUnknown() {
        written(KEY, Completion.OK);
        found(KEY, 1);
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check().evidence()).startsWith("key 5 has no final read on node2");
        history.add(read(Probe.FINAL_READ, "node2", KEY, HandWritten.BROKEN, Read.Answer.NONE));
        history.add(read(Probe.FINAL_READ, "node2", KEY, Completion.OK, new Read.Answer(1, false)));
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(counts().unread()).isEqualTo(1);
    }

    @Test
    void withoutAnAcknowledgedWriteTheVerdictIsUnknown() {
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        written(KEY, HandWritten.BROKEN);
        found(KEY, 0, 0);
        assertThat(check().evidence()).startsWith("no write was acknowledged");
    }

    @Test
    void recordsThatContradictEachOtherAreUnknown() {
        written(KEY, Completion.OK);
        found(KEY, 9, 9);
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check().evidence()).startsWith("key 5: version 9 is on node1, but no such write was recorded");
    }

    @Test
    void aVersionThatIsUsedTwiceIsNeverValid() {
        history.write(1, KEY, 1, HandWritten.FAILED).write(1, KEY, 1, Completion.OK);
        found(KEY, 1, 1);
        assertThat(check().verdict()).isNotEqualTo(Verdict.VALID);
    }

    @Test
    void aFailedWriteThatWasSeenUnderWayIsAPhantom() {
        history.write(1, KEY, 1, Completion.OK);
        history.add(read(Probe.SESSION, "node1", KEY, Completion.OK, new Read.Answer(2, true)));
        history.write(1, KEY, 2, HandWritten.FAILED).write(1, KEY, 3, Completion.OK);
        found(KEY, 3, 3);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).startsWith("key 5: a version whose write failed was read");
        assertThat(counts().phantoms()).isEqualTo(1);
    }

    @Test
    void contradictionsSayWhich() {
        history.write(1, KEY, 2, Completion.OK);
        found(KEY, 2, 2);
        assertThat(check().evidence()).startsWith("key 5: version 2 was written after version 0");
        HandWritten late = new HandWritten(Probe.FINAL_READ, Set.of(), "node2")
                .write(1, KEY, 1, Completion.OK)
                .read(1, Strategy.PRIMARY, "node1", KEY, 1)
                .read(1, Strategy.PRIMARY, "node2", KEY, 1)
                .write(1, KEY, 2, HandWritten.BROKEN);
        assertThat(late.check(LostWrites.NAME).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(late.check(LostWrites.NAME).evidence())
                .startsWith("key 5: version 2 was written after a final read");
        HandWritten elsewhere = new HandWritten(Probe.FINAL_READ, Set.of())
                .write(1, KEY, 1, Completion.OK)
                .read(1, Strategy.PRIMARY, "node1", KEY, 1)
                .read(1, Strategy.PRIMARY, "node2", KEY, 1);
        assertThat(elsewhere.check(LostWrites.NAME).evidence())
                .startsWith("key 5: final read on the unknown node node2");
    }

    @Test
    void theFirstOfTheNodesThatLackAWriteIsNamed() {
        written(KEY, Completion.OK, Completion.OK);
        found(KEY, 1, 1);
        assertThat(check().evidence()).startsWith("key 5: version 2 was acknowledged, but node1 has version 1");
    }

    @Test
    void aKeyThatNobodyWroteNeedsNoFinalReads() {
        written(KEY, Completion.OK);
        found(KEY, 1, 1);
        found(KEY + 1, 0);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(counts().unread()).isZero();
    }

    private void written(long key, Completion... endings) {
        for (int i = 0; i < endings.length; i++) {
            history.write(1, key, i + 1, endings[i]);
        }
    }

    private void found(long key, long... versions) {
        for (int i = 0; i < versions.length; i++) {
            history.read(1, Strategy.PRIMARY, "node" + (i + 1), key, versions[i]);
        }
    }

    private static Read read(Probe probe, String node, long key, Completion ending, Read.Answer answer) {
        Invocation call = new Invocation(1, probe, key, node, 1, 2);
        return new Read(call, ending, Strategy.PRIMARY, Read.After.NOTHING, answer, Read.GtidWait.NONE);
    }

    private LostWrites.Counts counts() {
        return history.verdicts().lostWrites();
    }

    private CheckResult check() {
        return history.check(LostWrites.NAME);
    }
}
