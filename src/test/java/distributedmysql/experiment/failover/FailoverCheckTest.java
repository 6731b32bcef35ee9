package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.history.Promotion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailoverCheckTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);
    private static final Completion REFUSED = new Completion(Outcome.FAIL, "08S01", 0);
    private static final Promotion FENCED = new Promotion("a", "b", seconds(10), true);
    private static final Promotion UNFENCED = new Promotion("a", "b", seconds(10), false);

    private final Ledger ledger = new Ledger();

    @Test
    void nothingLostIsValidInEveryMode() {
        goodFailover();

        for (ReplicationMode mode : ReplicationMode.values()) {
            assertThat(check(FENCED, mode, OptionalLong.of(0)))
                    .extracting(CheckResult::verdict)
                    .containsExactly(Verdict.VALID, Verdict.VALID, Verdict.VALID);
        }
        FailoverFigures.Rpo rpo = figures(FENCED).rpo();
        assertThat(rpo.acknowledged()).isEqualTo(4);
        assertThat(rpo.unknownSurvived()).isEqualTo(1);
        assertThat(rpo.unknownVanished()).isEqualTo(1);
    }

    @Test
    void lostWritesAreNamedAndMeasuredOrJudgedByTheMode() {
        ok(1, 1, "a");
        ok(2, 2, "a");
        ok(3, 3, "a");
        ok(7, 9, "a");
        ok(8, 11, "b");
        present(1, 8);

        assertThat(figures(FENCED).rpo().lost()).isEqualTo(new IdSet(3, "2-3, 7"));
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.empty()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.of(3)).verdict()).isEqualTo(Verdict.VALID);
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.of(2)).verdict()).isEqualTo(Verdict.INVALID);
        // The limit is for asynchronous replication only.
        assertThat(lost(ReplicationMode.AFTER_SYNC, OptionalLong.of(3)).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(lost(ReplicationMode.AFTER_COMMIT, OptionalLong.empty()).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(lost(ReplicationMode.AFTER_SYNC, OptionalLong.empty()).evidence())
                .endsWith("of 5 acknowledged writes lost 3 (2-3, 7); seen by a reader and then lost 0");
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.empty()).evidence())
                .endsWith("; measured, no limit is set");
    }

    @Test
    void whatWasSeenAndThenLostContradictsAfterSyncOnly() {
        goodFailover();
        ledger.read(new LedgerRead("node1", seconds(5), seconds(5), Completion.OK), ids(1, 99));

        assertThat(figures(FENCED).rpo().seenThenLost()).isEqualTo(new IdSet(1, "99"));
        assertThat(lost(ReplicationMode.AFTER_SYNC, OptionalLong.empty()).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(lost(ReplicationMode.AFTER_COMMIT, OptionalLong.empty()).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.empty()).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void aFailedWriteThatIsThereAndAWriteAcknowledgedTwiceAreFound() {
        goodFailover();
        write(50, 2, 3, REFUSED, "");
        ok(1, 4, "a");
        present(1, 2, 5, 6, 3, 50);

        CheckResult outcomes =
                check(FENCED, ReplicationMode.ASYNC, OptionalLong.empty()).get(2);

        assertThat(outcomes.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(outcomes.evidence()).contains("there all the same: 1 (50)", "more than once: 1 (1)");
    }

    @Test
    void whatTheFormerPrimaryAcknowledgesAfterThePromotionIsSplitBrain() {
        goodFailover();
        ok(20, 12, "a");

        for (Promotion promotion : List.of(FENCED, UNFENCED)) {
            CheckResult result = check(promotion, ReplicationMode.ASYNC, OptionalLong.empty())
                    .get(1);
            assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
            assertThat(result.evidence()).contains("1 (20)");
        }
    }

    @Test
    void whatItAcknowledgesAcrossThePromotionIsSplitBrainUnlessItWasFencedOrTheWriteIsThere() {
        goodFailover();
        write(20, 9, 15, Completion.OK, "a");
        write(21, 9, 15, Completion.OK, "a");
        present(1, 2, 3, 5, 6, 21);

        assertThat(figures(UNFENCED).acknowledgedByTwoPrimaries()).isEqualTo(new IdSet(1, "20"));
        assertThat(figures(FENCED).acknowledgedByTwoPrimaries().none()).isTrue();
    }

    @Test
    void aServerMayBePrimaryAgain() {
        goodFailover();
        ok(30, 25, "a");
        ok(31, 15, "b");
        present(1, 2, 3, 5, 6, 30, 31);
        List<MeasuredPromotion> promotions = List.of(
                new MeasuredPromotion(FENCED, 0, seconds(13)),
                new MeasuredPromotion(new Promotion("b", "a", seconds(20), true), seconds(13), seconds(30)));

        FailoverFigures figures = FailoverCheck.figures(ledger, "node2", 0, promotions);

        assertThat(figures.acknowledgedByTwoPrimaries().none()).isTrue();
        assertThat(figures.rto())
                .extracting(FailoverFigures.Rto::lastBeforeMicros)
                .containsExactly(seconds(9), seconds(15));
        assertThat(figures.rto())
                .extracting(FailoverFigures.Rto::firstAfterMicros)
                .containsExactly(seconds(11), seconds(25));
    }

    @Test
    void withoutFailoverAcknowledgementOrFinalSetNothingIsKnown() {
        assertThat(FailoverCheck.check(
                        FailoverCheck.figures(ledger, "node2", 0, List.of()),
                        ReplicationMode.AFTER_SYNC,
                        OptionalLong.empty()))
                .allSatisfy(result -> assertThat(result.evidence()).isEqualTo("there was no failover"))
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.UNKNOWN);

        ok(1, 1, "a");
        assertThat(check(FENCED, ReplicationMode.AFTER_SYNC, OptionalLong.empty()))
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.UNKNOWN);

        present(1);
        assertThat(check(FENCED, ReplicationMode.AFTER_SYNC, OptionalLong.empty()))
                .extracting(CheckResult::verdict)
                .containsExactly(Verdict.VALID, Verdict.UNKNOWN, Verdict.VALID);

        assertThat(check(new Promotion("x", "y", seconds(1), true), ReplicationMode.AFTER_SYNC, OptionalLong.empty())
                        .get(0)
                        .evidence())
                .startsWith("no write was acknowledged before failover 1 of 1");
    }

    @Test
    void eachLostWriteIsLostByTheFirstFailoverAfterItsAcknowledgement() {
        ok(1, 1, "a");
        ok(2, 9, "a");
        ok(3, 11, "b");
        ok(4, 19, "b");
        ok(5, 21, "a");
        present(1, 5);
        List<MeasuredPromotion> promotions = List.of(
                new MeasuredPromotion(FENCED, 0, seconds(13)),
                new MeasuredPromotion(new Promotion("b", "a", seconds(20), true), seconds(13), seconds(30)));

        assertThat(FailoverCheck.figures(ledger, "node2", 0, promotions).lostByFailover())
                .containsExactly(new IdSet(1, "2"), new IdSet(2, "3-4"));
    }

    @Test
    void whatAServerAcknowledgesAfterItsReignIsLostByTheFailoverThatEndedIt() {
        List<MeasuredPromotion> promotions = Stream.of(
                        FENCED, new Promotion("b", "a", seconds(20), true), new Promotion("a", "b", seconds(30), true))
                .map(MeasuredPromotion::alone)
                .toList();
        // Noticed late, in a reign at its first and last moment, and of two reigns in question the earlier one.
        write(1, 9, 12, Completion.OK, "a");
        ok(2, 10, "a");
        ok(3, 10, "b");
        ok(4, 20, "b");
        write(5, 9, 21, Completion.OK, "a");
        // Of a former primary, of one that was none, and of the last one, whose reign no failover has ended.
        ok(6, 15, "a");
        ok(7, 15, "stranger");
        ok(8, 31, "b");
        ok(9, 25, "b");
        present();

        FailoverFigures figures = FailoverCheck.figures(ledger, "node2", 0, promotions);

        assertThat(figures.lostByFailover())
                .containsExactly(new IdSet(4, "1-2, 5-6"), new IdSet(3, "3-4, 9"), new IdSet(0, ""));
        assertThat(figures.acknowledgedByTwoPrimaries()).isEqualTo(new IdSet(3, "6-7, 9"));
    }

    @Test
    void oneFailoverOfSeveralWithoutAcknowledgementsLeavesAllInDoubt() {
        goodFailover();
        List<MeasuredPromotion> promotions = List.of(
                new MeasuredPromotion(FENCED, 0, seconds(13)),
                new MeasuredPromotion(new Promotion("b", "a", seconds(20), true), seconds(13), seconds(30)));
        FailoverFigures figures = FailoverCheck.figures(ledger, "node2", 0, promotions);

        List<CheckResult> results = FailoverCheck.check(figures, ReplicationMode.ASYNC, OptionalLong.empty());

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.evidence()).contains("no write was acknowledged before failover 2 of 2"))
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.UNKNOWN);
        assertThat(results.get(1).evidence()).endsWith("; no write was acknowledged after failover 2 of 2");
        present(1, 5, 6);
        assertThat(FailoverCheck.check(
                                FailoverCheck.figures(ledger, "node2", 0, promotions),
                                ReplicationMode.AFTER_SYNC,
                                OptionalLong.empty())
                        .get(0)
                        .verdict())
                .as("what is wrong decides before what is not known")
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void theSecondsOfErrorsCountFromTheStartOfTheLoad() {
        ledger.write(new LedgerWrite(1, 5_900_000, 6_100_000, BROKEN, ""));
        ledger.read(new LedgerRead("node2", 5_900_000, 6_899_999, BROKEN), new BitSet());
        ledger.read(new LedgerRead("node2", 5_900_000, 6_900_000, BROKEN), new BitSet());

        assertThat(FailoverCheck.figures(ledger, "node2", 5_900_000, List.of()).errors())
                .extracting(FailoverFigures.ErrorCount::second)
                .containsExactly(0L, 0L, 1L);
    }

    @Test
    void nodesThatDifferInTheEndAreFoundAndANodeThatWasNotReadIsUnknown() {
        goodFailover();
        ledger.present("node1", ids(1, 2, 3, 5, 6));
        assertThat(everyNode().verdict()).isEqualTo(Verdict.VALID);
        assertThat(everyNode().evidence()).isEqualTo("node1: 5 rows; node2: 5 rows");

        ledger.present("node1", ids(1, 2, 3, 6, 70));
        assertThat(everyNode().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(everyNode().evidence())
                .startsWith("node1: missing 1 (5), extra 1 (70): 1 that failed, or that no client sent");

        assertThat(FailoverCheck.everyNode(figures(FENCED), ReplicationMode.ASYNC, List.of("node1", "node2", "node3"))
                        .verdict())
                .as("what is wrong decides before what is not known")
                .isEqualTo(Verdict.INVALID);
        ledger.present("node1", ids(1, 2, 3, 5, 6));
        assertThat(FailoverCheck.everyNode(figures(FENCED), ReplicationMode.ASYNC, List.of("node1", "node2", "node3"))
                        .evidence())
                .startsWith("not read in the end: node3");
    }

    @Test
    void whatANodeHasExtraIsToldApartByWhatItsClientWasTold() {
        goodFailover();
        BitSet unknown = new BitSet();
        ledger.forEachWrite(write -> {
            if (write.ending().outcome() == Outcome.UNKNOWN) {
                unknown.set((int) write.id());
            }
        });
        unknown.andNot(ledger.presentOn("node2").orElseThrow());
        int vanished = unknown.nextSetBit(0);
        ok(40, 9, "a");
        ledger.present("node1", ids(1, 2, 3, 5, 6, 40, vanished));

        assertThat(everyNode().evidence())
                .contains("extra 2 (", "1 acknowledged, which the primary has lost")
                .contains("1 of unknown outcome, which the client never learned, so neither acknowledged nor lost");
    }

    @Test
    void theNamesAreThoseOfTheResults() {
        goodFailover();
        List<String> names = new ArrayList<>();
        check(FENCED, ReplicationMode.AFTER_SYNC, OptionalLong.empty()).forEach(result -> names.add(result.name()));
        names.add(FailoverCheck.everyNode(figures(FENCED), ReplicationMode.AFTER_SYNC, List.of())
                .name());

        assertThat(names)
                .isEqualTo(FailoverCheck.names(ReplicationMode.AFTER_SYNC))
                .startsWith("lost acknowledged writes: after-sync");
    }

    @Test
    void errorsAreCountedBySecondOperationAndCode() {
        write(1, 1, 2, BROKEN, "");
        write(2, 1, 2, BROKEN, "");
        write(3, 3, 3, new Completion(Outcome.FAIL, "HY000", 1290), "");
        ledger.read(new LedgerRead("node2", seconds(2), seconds(2), BROKEN), new BitSet());

        assertThat(figures(FENCED).errors())
                .containsExactly(
                        new FailoverFigures.ErrorCount(2, "write", "08S01/0", 2),
                        new FailoverFigures.ErrorCount(3, "write", "HY000/1290", 1),
                        new FailoverFigures.ErrorCount(2, "read", "08S01/0", 1));
    }

    @Test
    void rtoIsFromTheLastAcknowledgementBeforeToTheFirstAfter() {
        // A write every 100 ms for 30 s; those from second 9 to second 12 fail, one in ten until second 15.
        IntStream.range(0, 300).forEach(i -> {
            long at = i * 100_000L;
            boolean fails =
                    at >= seconds(9) && at < seconds(12) || at < seconds(15) && at >= seconds(12) && i % 10 == 0;
            String server = at < seconds(9) ? "a" : "b";
            ledger.write(new LedgerWrite(i, at, at + 1_000, fails ? BROKEN : Completion.OK, fails ? "" : server));
            if (at < seconds(8) || at >= seconds(13)) {
                ledger.read(new LedgerRead("node2", at, at + 500, Completion.OK), new BitSet());
            }
        });

        FailoverFigures.Rto rto = figures(FENCED).rto().get(0);

        assertThat(rto.lastBeforeMicros()).isEqualTo(8_901_000);
        assertThat(rto.firstAfterMicros()).isEqualTo(12_101_000);
        assertThat(rto.writeMillis()).isEqualTo(3_200.0);
        // The last failure arrives at 14.0 s.
        assertThat(rto.recoveredMillis()).isEqualTo(14_100 - 8_901.0);
        assertThat(rto.readMillis()).isEqualTo(13_000.5 - 7_900.5);
    }

    @Test
    void recoveryIsNotKnownWhereTheRecordEndsBefore() {
        ok(1, 9, "a");
        ok(2, 11, "b");

        FailoverFigures.Rto rto = figures(FENCED).rto().get(0);

        assertThat(rto.writeMillis()).isEqualTo(2_000.0);
        assertThat(rto.recoveredMillis()).isNull();
        assertThat(rto.readMillis()).isNull();
    }

    @Test
    void anAcknowledgementAtThePromotionItselfIsTheFormerPrimarys() {
        ok(1, 10, "a");
        ok(2, 11, "b");
        present(2);

        assertThat(figures(UNFENCED).acknowledgedByTwoPrimaries().none()).isTrue();
        write(3, 10, 11, Completion.OK, "a");
        assertThat(figures(UNFENCED).acknowledgedByTwoPrimaries()).isEqualTo(new IdSet(1, "3"));
    }

    @Test
    void whatANodeHasAloneIsSaidByItsOutcome() {
        ok(1, 1, "a");
        ok(2, 2, "a");
        ok(3, 3, "a");
        write(4, 9, 12, BROKEN, "");
        write(5, 10, 10, REFUSED, "");
        ok(6, 11, "b");
        ledger.present("node1", ids(1, 2, 3, 4, 5, 99));
        present(1, 6);

        FailoverFigures.NodeRows node1 = figures(FENCED).nodes().get(0);

        assertThat(node1)
                .isEqualTo(new FailoverFigures.NodeRows("node1", 6, new IdSet(1, "6"), new IdSet(5, "2-5, 99"), 2, 1));
        assertThat(node1.difference())
                .isEqualTo("node1: missing 1 (6), extra 5 (2-5, 99): 2 acknowledged, which the primary has lost, 1 of"
                        + " unknown outcome, which the client never learned, so neither acknowledged nor lost, 2 that"
                        + " failed, or that no client sent");
        assertThat(new FailoverFigures.NodeRows("node1", 1, new IdSet(0, ""), new IdSet(1, "2"), 1, 0).difference())
                .endsWith(": 1 acknowledged, which the primary has lost");
    }

    @Test
    void aWriteThatCannotBeIsRefused() {
        assertThatThrownBy(() -> ok(-1, 1, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(1, 2, 1, Completion.OK, "a")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> write(1, 1, 2, Completion.OK, "")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> write(1, 1, 2, BROKEN, "a")).hasMessageContaining("write 1");
    }

    @Test
    void aMillionWritesAreKept() {
        IntStream.range(0, 1_000_000).forEach(i -> ok(i, 1, "a"));
        BitSet all = new BitSet();
        all.set(0, 999_999);
        ledger.present("node2", all);

        assertThat(figures(FENCED).rpo().lost()).isEqualTo(new IdSet(1, "999999"));
    }

    private void goodFailover() {
        ok(1, 1, "a");
        ok(2, 9, "a");
        write(3, 9, 12, BROKEN, "");
        write(4, 9, 12, BROKEN, "");
        ok(5, 11, "b");
        ok(6, 12, "b");
        write(7, 10, 10, REFUSED, "");
        present(1, 2, 3, 5, 6);
    }

    private void ok(long id, long atSecond, String server) {
        write(id, atSecond, atSecond, Completion.OK, server);
    }

    private void write(long id, long fromSecond, long toSecond, Completion ending, String server) {
        ledger.write(new LedgerWrite(id, seconds(fromSecond), seconds(toSecond), ending, server));
    }

    private void present(int... ids) {
        ledger.present("node2", ids(ids));
    }

    private FailoverFigures figures(Promotion promotion) {
        return FailoverCheck.figures(ledger, "node2", 0, List.of(MeasuredPromotion.alone(promotion)));
    }

    private List<CheckResult> check(Promotion promotion, ReplicationMode mode, OptionalLong maxLost) {
        return FailoverCheck.check(figures(promotion), mode, maxLost);
    }

    private CheckResult everyNode() {
        return FailoverCheck.everyNode(figures(FENCED), ReplicationMode.ASYNC, List.of("node1", "node2"));
    }

    private CheckResult lost(ReplicationMode mode, OptionalLong maxLost) {
        return check(FENCED, mode, maxLost).get(0);
    }

    private static BitSet ids(int... ids) {
        BitSet set = new BitSet();
        IntStream.of(ids).forEach(set::set);
        return set;
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000;
    }
}
