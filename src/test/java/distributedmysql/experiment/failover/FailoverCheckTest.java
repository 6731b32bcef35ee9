package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

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
import distributedmysql.ledger.LedgerFigures;
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
        LedgerFigures.Writes rpo = figures(FENCED).ledger().writes();
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

        assertThat(figures(FENCED).ledger().writes().lost()).isEqualTo(new IdSet(3, "2-3, 7"));
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

        assertThat(figures(FENCED).ledger().writes().seenThenLost()).isEqualTo(new IdSet(1, "99"));
        assertThat(lost(ReplicationMode.AFTER_SYNC, OptionalLong.empty()).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(lost(ReplicationMode.AFTER_COMMIT, OptionalLong.empty()).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(lost(ReplicationMode.ASYNC, OptionalLong.empty()).verdict()).isEqualTo(Verdict.VALID);
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
    void anAcknowledgementAtThePromotionItselfIsTheFormerPrimarys() {
        ok(1, 10, "a");
        ok(2, 11, "b");
        present(2);

        assertThat(figures(UNFENCED).acknowledgedByTwoPrimaries().none()).isTrue();
        write(3, 10, 11, Completion.OK, "a");
        assertThat(figures(UNFENCED).acknowledgedByTwoPrimaries()).isEqualTo(new IdSet(1, "3"));
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
