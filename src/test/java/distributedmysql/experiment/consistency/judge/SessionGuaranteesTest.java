package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionGuaranteesTest extends SessionHistories {
    /** For each guarantee: a session of which the last read shows the version, of which 2 is due. */
    private static HandWritten session(Guarantee guarantee, Strategy strategy, long version) {
        HandWritten history = planned(strategy);
        history.write(WRITER, A, 1, Completion.OK).write(WRITER, A, 2, Completion.OK);
        return switch (guarantee) {
            case READ_YOUR_WRITES -> history.read(WRITER, strategy, "node2", A, version);
            case MONOTONIC_READS ->
                history.read(OBSERVER, strategy, "node2", A, 2).read(OBSERVER, strategy, "node3", A, version);
            case MONOTONIC_WRITES ->
                history.write(WRITER, B, 1, Completion.OK)
                        .read(OBSERVER, strategy, "node2", B, 1)
                        .read(OBSERVER, strategy, "node2", A, version);
            case WRITES_FOLLOW_READS ->
                history.read(3, strategy, "node1", A, 2)
                        .write(3, B, 1, Completion.OK, new Write.Basis(A, 2))
                        .read(OBSERVER, strategy, "node2", B, 1)
                        .read(OBSERVER, strategy, "node2", A, version);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatKeepsTheGuaranteeIsValid(Guarantee guarantee) {
        for (Strategy strategy : Strategy.values()) {
            HandWritten history = session(guarantee, strategy, 2);
            assertThat(history.check(guarantee.label()).verdict()).isEqualTo(Verdict.VALID);
            assertThat(of(history, guarantee).samples()).isEqualTo(1);
            assertThat(of(session(guarantee, strategy, 7), guarantee).violations())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViolationIsInvalidWhereTheStrategyRulesItOutAndElseAMeasurement(Guarantee guarantee) {
        BiFunction<Strategy, Long, Verdict> verdict = (strategy, version) ->
                session(guarantee, strategy, version).check(guarantee.label()).verdict();
        for (long tooOld : new long[] {0, 1}) {
            assertThat(verdict.apply(Strategy.PRIMARY, tooOld)).isEqualTo(Verdict.INVALID);
            assertThat(verdict.apply(Strategy.GTID_WAIT, tooOld)).isEqualTo(Verdict.INVALID);
            assertThat(verdict.apply(Strategy.REPLICA, tooOld)).isEqualTo(Verdict.VALID);
            assertThat(verdict.apply(Strategy.STICKY, tooOld))
                    .isEqualTo(guarantee == Guarantee.MONOTONIC_READS ? Verdict.INVALID : Verdict.VALID);
            assertThat(of(session(guarantee, Strategy.REPLICA, tooOld), guarantee)
                            .violations())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutEvidenceTheVerdictIsUnknown(Guarantee guarantee) {
        HandWritten history = planned(Strategy.REPLICA);
        assertThat(history.check(guarantee.label()).verdict()).isEqualTo(Verdict.UNKNOWN);
        history.write(WRITER, A, 1, Completion.OK).read(OBSERVER, Strategy.REPLICA, "node2", A, 1);
        assertThat(history.check(guarantee.label()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void aReadWithoutAnswerNeitherViolatesNorProves(Guarantee guarantee) {
        HandWritten history = session(guarantee, Strategy.PRIMARY, 2);
        long process = guarantee == Guarantee.READ_YOUR_WRITES ? WRITER : OBSERVER;
        Invocation call = new Invocation(process, Probe.SESSION, A, "node2", 9_000, 9_001);
        history.add(read(call, HandWritten.BROKEN, Read.Answer.NONE, Read.GtidWait.NONE))
                .add(read(call, HandWritten.FAILED, Read.Answer.NONE, Read.GtidWait.NONE))
                .add(read(call, Completion.OK, new Read.Answer(1, false), Read.GtidWait.NONE))
                .add(read(call, Completion.OK, new Read.Answer(1, true), new Read.GtidWait(1, true)));
        assertThat(of(history, guarantee).samples()).isEqualTo(1);
        assertThat(of(history, guarantee).violations()).isZero();
    }

    @Test
    void theCounterExamplesSayWhoWhatWhereAndWhen() {
        assertThat(counterExample(Guarantee.READ_YOUR_WRITES))
                .isEqualTo("process 1 read no row of key 10 on node2 from 0.001050 s to 0.001060 s, but version 2 or"
                        + " later was due: it had written that itself on node1, acknowledged at 0.001040 s");
        assertThat(counterExample(Guarantee.MONOTONIC_READS))
                .isEqualTo("process 2 read no row of key 10 on node3 from 0.001070 s to 0.001080 s, but version 2 or"
                        + " later was due: it had read that on node2, ended at 0.001060 s");
        assertThat(counterExample(Guarantee.MONOTONIC_WRITES))
                .isEqualTo("process 2 read no row of key 10 on node2 from 0.001090 s to 0.001100 s, but version 2 or"
                        + " later was due: on that node it had read version 1 of key 20, ended at 0.001080 s, before"
                        + " which its writer had written it");
        assertThat(counterExample(Guarantee.WRITES_FOLLOW_READS)).endsWith("before which its writer had read it");
    }

    @Test
    void anUnacknowledgedWriteDemandsNothing() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, HandWritten.BROKEN)
                .read(WRITER, Strategy.PRIMARY, "node1", A, 0)
                .write(WRITER, B, 1, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node1", B, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node1", A, 0);
        assertThat(of(history, Guarantee.READ_YOUR_WRITES).samples()).isZero();
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).samples()).isZero();
    }

    @Test
    void aReadBegunBeforeTheAcknowledgementIsFree() {
        Invocation early = new Invocation(WRITER, Probe.SESSION, A, "node2", 1_000, 5_000);
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .add(read(early, Completion.OK, Read.Answer.MISSING, Read.GtidWait.NONE));
        assertThat(of(history, Guarantee.READ_YOUR_WRITES).samples()).isZero();
    }

    @Test
    void whatIsOnlyMeasuredIsNoViolationAndIsInTheEvidenceAfterItsFigures() {
        HandWritten history = session(Guarantee.MONOTONIC_READS, Strategy.REPLICA, 0);
        assertThat(history.check("monotonic reads").evidence())
                .isEqualTo(
                        "replica promises nothing, measured: kept in 0 of 1 sample (not where process 2 read no row of key 10 on node3 from 0.001070 s to"
                                + " 0.001080 s, but version 2 or later was due: it had read that on node2, ended at"
                                + " 0.001060 s)");
        assertThat(session(Guarantee.MONOTONIC_READS, Strategy.PRIMARY, 0)
                        .check("monotonic reads")
                        .evidence())
                .startsWith("primary: process 2 read no row")
                .endsWith("; primary: kept in 0 of 1 sample");
        HandWritten kept = session(Guarantee.MONOTONIC_READS, Strategy.REPLICA, 2);
        assertThat(kept.check("monotonic reads").evidence())
                .isEqualTo("replica promises nothing, measured: kept in 1 of 1 sample");
    }

    @Test
    void aStrategyThatWasNotPlannedIsCountedToo() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .read(WRITER, Strategy.STICKY, "node2", A, 1);
        assertThat(history.verdicts().sessionGuarantees())
                .filteredOn(one -> one.guarantee() == Guarantee.READ_YOUR_WRITES)
                .extracting(SessionGuarantee::strategy, SessionGuarantee::samples)
                .containsExactlyInAnyOrder(tuple(Strategy.STICKY, 1L), tuple(Strategy.PRIMARY, 0L));
    }

    @Test
    void whatEndsInTheMicrosecondInWhichAReadBeginsIsBeforeIt() {
        Read first = read(at(OBSERVER, A, 0, 10), Completion.OK, new Read.Answer(2, true), Read.GtidWait.NONE);
        Read again = read(at(OBSERVER, A, 10, 20), Completion.OK, new Read.Answer(2, true), Read.GtidWait.NONE);
        Read second = read(at(OBSERVER, A, 20, 30), Completion.OK, new Read.Answer(1, true), Read.GtidWait.NONE);
        SessionGuarantee reads =
                of(planned(Strategy.PRIMARY).add(first).add(again).add(second), Guarantee.MONOTONIC_READS);
        assertThat(reads.samples()).isEqualTo(2);
        assertThat(reads.firstViolation().because())
                .as("the first read that showed it")
                .endsWith("ended at 0.000010 s");
        HandWritten own = planned(Strategy.PRIMARY)
                .add(new Write(at(OBSERVER, A, 0, 10), Completion.OK, 1, ""))
                .add(again);
        assertThat(of(own, Guarantee.READ_YOUR_WRITES).samples()).isEqualTo(1);
    }

    @Test
    void theNodeOfTheNewestWriteAndReadIsNamed() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(OBSERVER, B, 1, Completion.OK)
                .add(new Write(new Invocation(OBSERVER, Probe.SESSION, A, "node3", 2_000, 2_010), Completion.OK, 1, ""))
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 1)
                .add(read(at(OBSERVER, A, 3_000, 3_010), Completion.OK, Read.Answer.MISSING, Read.GtidWait.NONE));
        assertThat(of(history, Guarantee.READ_YOUR_WRITES).firstViolation().because())
                .isEqualTo("it had written that itself on node3, acknowledged at 0.002010 s");
        HandWritten reads = planned(Strategy.PRIMARY)
                .read(OBSERVER, Strategy.PRIMARY, "node1", B, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node3", B, 2)
                .read(OBSERVER, Strategy.PRIMARY, "node3", A, 2)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 1);
        assertThat(of(reads, Guarantee.MONOTONIC_READS).firstViolation().because())
                .startsWith("it had read that on node3");
    }

    private static Invocation at(long process, long key, long from, long to) {
        return new Invocation(process, Probe.SESSION, key, "node2", from, to);
    }

    private static String counterExample(Guarantee guarantee) {
        return of(session(guarantee, Strategy.PRIMARY, 0), guarantee)
                .firstViolation()
                .toString();
    }
}
