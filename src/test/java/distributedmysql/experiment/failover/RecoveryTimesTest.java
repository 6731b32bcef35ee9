package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.history.Promotion;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Times in milliseconds: the primary a is killed at 3,000, b takes writes from 4,000 on, and the load ends at 8,000. */
class RecoveryTimesTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);
    private static final Promotion PROMOTION = new Promotion("a", "b", 4_000_000, true);
    private static final MeasuredPromotion FIRST = new MeasuredPromotion(PROMOTION, 0, 8_000_000);
    private static final MeasuredPromotion SECOND =
            new MeasuredPromotion(new Promotion("b", "a", 14_000_000, true), 8_000_000, 18_000_000);

    private final Ledger ledger = new Ledger();
    private int id;

    @Test
    void rtoIsFromTheLastAcknowledgementBeforeToTheFirstAfter() {
        // A write every 100 ms for 30 s; those from second 9 to second 12 fail, one in ten until second 15.
        IntStream.range(0, 300).forEach(i -> {
            long at = i * 100_000L;
            boolean fails = at >= 9_000_000 && at < 12_000_000 || at < 15_000_000 && at >= 12_000_000 && i % 10 == 0;
            String server = at < 9_000_000 ? "a" : "b";
            ledger.write(new LedgerWrite(i, at, at + 1_000, fails ? BROKEN : Completion.OK, fails ? "" : server));
            if (at < 8_000_000 || at >= 13_000_000) {
                ledger.read(new LedgerRead("node2", at, at + 500, Completion.OK), new BitSet());
            }
        });

        FailoverFigures.Rto rto = rto(MeasuredPromotion.alone(new Promotion("a", "b", 10_000_000, true)));

        assertThat(rto.lastBeforeMicros()).isEqualTo(8_901_000);
        assertThat(rto.firstAfterMicros()).isEqualTo(12_101_000);
        assertThat(rto.writeMillis()).isEqualTo(3_200.0);
        // The last failure arrives at 14.0 s.
        assertThat(rto.recoveredMillis()).isEqualTo(14_100 - 8_901.0);
        assertThat(rto.readMillis()).isEqualTo(13_000.5 - 7_900.5);
        // Every tenth from 12.1 s to 15 s, the first of which comes before the first acknowledgement.
        assertThat(rto.failedAfter()).isEqualTo(2);
    }

    @Test
    void recoveryIsNotKnownWhereTheRecordEndsBefore() {
        write(3_000, 3_000, "a");
        write(5_000, 5_000, "b");

        assertThat(rto(FIRST).writeMillis()).isEqualTo(2_000.0);
        assertThat(rto(FIRST).recoveredMillis()).isNull();
        assertThat(rto(FIRST).readMillis()).isNull();
    }

    @Test
    void theNextRoundsWritesAndReadsAreNotThisRounds() {
        acknowledged("a", 0, 3_000, 100);
        reads(0, 3_000, 100);
        broken(3_000, 8_000, 100);
        acknowledged("b", 10_000, 13_000, 100);
        reads(10_000, 13_000, 100);
        acknowledged("a", 14_500, 17_500, 100);
        reads(13_400, 17_500, 100);

        assertThat(rto(FIRST)).isEqualTo(new FailoverFigures.Rto("a", "b", 2_901_000L, null, null, null, null, 0));
        FailoverFigures.Rto second = rto(SECOND);
        assertThat(second.lastBeforeMicros()).isEqualTo(12_901_000);
        assertThat(second.firstAfterMicros()).isEqualTo(14_501_000);
        assertThat(second.writeMillis()).isEqualTo(1_600.0);
        assertThat(second.recoveredMillis()).isEqualTo(14_600 - 12_901.0);
        assertThat(second.readMillis()).isEqualTo(500.0);
    }

    @Test
    void thePreviousRoundsWritesAndReadsAreNotThisRounds() {
        acknowledged("b", 4_500, 7_900, 100);
        reads(4_500, 7_900, 100);
        broken(10_000, 14_500, 100);
        acknowledged("a", 14_500, 17_500, 100);
        reads(14_500, 17_500, 100);

        assertThat(rto(SECOND)).isEqualTo(new FailoverFigures.Rto("b", "a", null, 14_501_000L, null, null, null, 0));
    }

    @Test
    void whatFailsJustAfterASecondIsNotOfIt() {
        acknowledged("a", 0, 3_000, 100);
        broken(3_000, 4_000, 100);
        acknowledged("b", 4_000, 5_100, 100);
        broken(5_100, 5_200, 100);
        broken(5_100, 5_200, 100);
        acknowledged("b", 5_200, 8_000, 100);

        assertThat(rto(FIRST).recoveredMillis()).isEqualTo(4_100 - 2_901.0);
    }

    @Test
    void whereWritesComeBackAndReadsAndASteadySecondDoNotTheNextRoundHasNoneOfThem() {
        acknowledged("a", 0, 3_000, 100);
        reads(0, 3_000, 100);
        broken(3_000, 7_000, 100);
        acknowledged("b", 7_000, 7_900, 100);
        acknowledged("b", 10_000, 13_000, 100);
        reads(10_000, 13_000, 100);

        FailoverFigures.Rto rto = rto(FIRST);

        assertThat(rto.writeMillis()).isEqualTo(7_001 - 2_901.0);
        assertThat(rto.recoveredMillis()).isNull();
        assertThat(rto.readMillis()).isNull();
    }

    @Test
    void aRequestThatOutlivesItsRoundBelongsToNone() {
        write(2_000, 2_001, "a");
        write(7_000, 8_000, "b");
        write(7_999, 9_000, "b");
        read(1_000, 1_001);
        read(7_900, 8_000);

        assertThat(rto(FIRST).firstAfterMicros()).isNull();

        write(7_998, 7_999, "b");
        read(7_998, 7_999);
        assertThat(rto(FIRST).firstAfterMicros()).isEqualTo(7_999_000);
        assertThat(rto(FIRST).readMillis()).isEqualTo(7_999 - 1_001.0);
    }

    @Test
    void aRequestOfTheVeryBeginBelongsToTheRound() {
        write(8_000, 8_001, "b");
        write(14_001, 14_002, "a");

        assertThat(rto(SECOND).writeMillis()).isEqualTo(14_002 - 8_001.0);
        assertThat(rto(new MeasuredPromotion(SECOND.promotion(), 8_000_001, 18_000_000))
                        .writeMillis())
                .isNull();
    }

    @Test
    void acknowledgementsAtTheVeryMomentOfThePromotionCount() {
        write(3_000, 4_000, "a");
        write(3_500, 4_001, "a");
        write(3_000, 3_999, "b");
        write(3_000, 4_000, "b");
        read(4_000, 4_000);

        FailoverFigures.Rto rto = rto(FIRST);

        assertThat(rto.lastBeforeMicros()).isEqualTo(4_000_000);
        assertThat(rto.firstAfterMicros()).isEqualTo(4_000_000);
        assertThat(rto.writeMillis()).isZero();
        // The one read is both the last before and the first after.
        assertThat(rto.readMillis()).isZero();
    }

    @Test
    void onlyGapsOfReadsThatOverlapTheOutageCount() {
        write(2_999, 3_000, "a");
        write(4_999, 5_000, "b");
        read(1_000, 1_000);
        read(3_000, 3_000);
        read(3_700, 3_700);
        read(5_000, 5_000);
        read(7_900, 7_900);

        assertThat(rto(FIRST).readMillis()).isEqualTo(1_300.0);
    }

    @Test
    void readsMayComeBackBeforeWrites() {
        acknowledged("a", 0, 3_000, 100);
        reads(0, 3_000, 100);
        reads(3_300, 7_900, 100);
        acknowledged("b", 5_000, 7_900, 100);

        assertThat(rto(FIRST).readMillis()).isEqualTo(400.0);
        assertThat(rto(FIRST).writeMillis()).isEqualTo(5_001 - 2_901.0);
    }

    @Test
    void ninetyNineOfAHundredAreEnoughAndNinetyEightAreNot() {
        write(2_999, 3_000, "a");
        // The first acknowledgement, then a second with one failure in a hundred from 4,000 on.
        write(3_990, 4_000, "b");
        broken(4_000, 4_010, 10);
        acknowledged("b", 4_010, 5_990, 10);

        assertThat(rto(FIRST).recoveredMillis()).isEqualTo(4_000 - 3_000.0);

        broken(4_500, 4_501, 10);
        // With the second failure, the first second with at most one begins after the first of them.
        assertThat(rto(FIRST).recoveredMillis()).isEqualTo(4_010 - 3_000.0);
    }

    @Test
    void whatArrivesAtOnceIsInTheSameSecondAndWhatArrivesASecondLaterIsNot() {
        write(2_999, 3_000, "a");
        write(4_000, 4_500, "b");
        broken(4_500, 4_501, 10);
        write(4_500, 4_502, "b");
        write(4_600, 4_601, "b");
        broken(5_600, 5_601, 10);

        assertThat(rto(FIRST).recoveredMillis()).isEqualTo(4_600 - 3_000.0);
    }

    @Test
    void asLongAsTheFormerPrimaryAcknowledgesNothingHasRecovered() {
        write(2_999, 3_000, "a");
        write(4_000, 4_001, "b");
        acknowledged("a", 4_100, 7_900, 100);

        assertThat(rto(FIRST).firstAfterMicros()).isEqualTo(4_001_000);
        assertThat(rto(FIRST).recoveredMillis()).isNull();
    }

    @Test
    void whereArrivalsFailUntilTheEndNothingHasRecovered() {
        write(2_999, 3_000, "a");
        write(4_000, 4_001, "b");
        broken(4_100, 6_000, 100);

        assertThat(rto(FIRST).recoveredMillis()).isNull();
        assertThat(rto(new MeasuredPromotion(PROMOTION, 7_000_000, 8_000_000)).recoveredMillis())
                .isNull();
    }

    private FailoverFigures.Rto rto(MeasuredPromotion round) {
        return new RecoveryTimes(ledger, round).rto();
    }

    private void acknowledged(String server, int from, int until, int every) {
        for (int at = from; at < until; at += every) {
            write(at, at + 1, server);
        }
    }

    private void broken(int from, int until, int every) {
        for (int at = from; at < until; at += every) {
            ledger.write(new LedgerWrite(id++, at * 1_000L, at * 1_000L + 1_000, BROKEN, ""));
        }
    }

    private void write(int invoke, int complete, String server) {
        ledger.write(new LedgerWrite(id++, invoke * 1_000L, complete * 1_000L, Completion.OK, server));
    }

    private void reads(int from, int until, int every) {
        for (int at = from; at < until; at += every) {
            read(at, at);
        }
    }

    private void read(int invoke, int complete) {
        ledger.read(new LedgerRead("node2", invoke * 1_000L, complete * 1_000L, Completion.OK), new BitSet());
    }
}
