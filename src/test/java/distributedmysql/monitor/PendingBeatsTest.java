package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingBeatsTest {
    private static final long SILENCE = 1_000;
    private final PendingBeats beats = new PendingBeats(SILENCE);

    @Test
    void knowsNothingBeforeTheFirstAcknowledgement() {
        beats.visible(Heartbeat.NONE_VISIBLE);
        assertThat(beats.lagNanos(5)).isEmpty();
    }

    @Test
    void isZeroWhileEveryAcknowledgedBeatIsVisible() {
        beats.acknowledged(1, 100);
        beats.visible(1);
        assertThat(beats.lagNanos(150)).hasValue(0);
    }

    @Test
    void isTheAgeOfTheOldestAcknowledgedBeatThatIsNotVisible() {
        beats.acknowledged(1, 100);
        beats.acknowledged(2, 200);
        beats.acknowledged(4, 400);
        beats.visible(1);
        assertThat(beats.lagNanos(450)).hasValue(250);
        beats.visible(3);
        assertThat(beats.lagNanos(450)).hasValue(50);
    }

    @Test
    void growsWithTheClockWhileThePrimaryIsDeadAndABeatIsMissing() {
        beats.acknowledged(1, 100);
        beats.visible(Heartbeat.NONE_VISIBLE);
        assertThat(beats.lagNanos(100 + 5 * SILENCE)).hasValue(5 * SILENCE);
    }

    @Test
    void hasNoValueOnceThePrimaryIsSilentAndEveryBeatIsVisible() {
        beats.acknowledged(1, 100);
        beats.visible(1);
        assertThat(beats.lagNanos(100 + SILENCE)).hasValue(0);
        assertThat(beats.lagNanos(101 + SILENCE)).isEmpty();
    }

    @Test
    void aBeatThatIsVisibleBeforeItsAcknowledgementIsNotMissing() {
        beats.visible(7);
        beats.acknowledged(7, 100);
        assertThat(beats.lagNanos(150)).hasValue(0);
    }

    @Test
    void aBeatAcknowledgedAfterTheReadBeganIsNoLag() {
        beats.acknowledged(1, 100);
        assertThat(beats.lagNanos(90)).hasValue(0);
    }

    @Test
    void keepsTheOldestExactlyAndTheOthersNearlyHoweverLongTheStandstill() {
        long last = 10L * PendingBeats.CAPACITY;
        for (long number = 1; number <= last; number++) {
            beats.acknowledged(number, number);
        }
        assertThat(beats.lagNanos(last)).hasValue(last - 1);
        long visible = last / 3;
        beats.visible(visible);
        long exact = last - (visible + 1);
        assertThat(beats.lagNanos(last).orElseThrow()).isBetween(exact - last / PendingBeats.THINNED, exact);
        beats.visible(last);
        assertThat(beats.lagNanos(last)).hasValue(0);
        beats.acknowledged(last + 1, last + 1);
        beats.acknowledged(last + 2, last + 2);
        beats.visible(last + 1);
        assertThat(beats.lagNanos(last + 10)).hasValue(8);
    }
}
