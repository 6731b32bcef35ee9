package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportTimesTest {
    private static final long FAR = TransportTimes.NEIGHBOUR_MICROS;
    private final TransportTimes times = new TransportTimes();

    @Test
    void isExactForATransactionThatWasSeenQueued() {
        times.queued(100 * FAR, 100 * FAR + 7);
        times.queued(100 * FAR + 10, 100 * FAR + 30);
        assertThat(times.of(100 * FAR + 10)).hasValue(20);
    }

    @Test
    void isThatOfTheNearestNeighbourOtherwise() {
        times.queued(100 * FAR, 100 * FAR + 7);
        times.queued(100 * FAR + 100, 100 * FAR + 130);
        assertThat(times.of(100 * FAR + 40)).hasValue(7);
        assertThat(times.of(100 * FAR + 60)).hasValue(30);
    }

    @Test
    void isUnknownWithoutANearNeighbour() {
        assertThat(times.of(100 * FAR)).isEmpty();
        times.queued(100 * FAR, 100 * FAR + 7);
        assertThat(times.of(99 * FAR - 1)).isEmpty();
        assertThat(times.of(101 * FAR + 1)).isEmpty();
    }

    @Test
    void isNegativeWhereTheClocksDisagree() {
        times.queued(100 * FAR, 100 * FAR - 500);
        assertThat(times.of(100 * FAR)).hasValue(-500);
    }

    @Test
    void staysBoundedAndStillHasNeighbours() {
        long step = 1_000;
        for (long i = 0; i < 5L * TransportTimes.CAPACITY; i++) {
            times.queued(100 * FAR + i * step, 100 * FAR + i * step + i);
        }
        assertThat(times.of(100 * FAR).orElseThrow()).isBetween(0L, 16L);
        long last = 5L * TransportTimes.CAPACITY - 1;
        assertThat(times.of(100 * FAR + last * step)).hasValue(last);
    }
}
