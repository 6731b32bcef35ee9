package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Permits.Permit;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final Permits permits = new Permits(2, 5 * SECOND);

    private Permit send(long now) {
        permits.take(1);
        return permits.sent(now);
    }

    @Test
    void onePermitComesBackASecondAfterTheAnswer() {
        Permit first = send(0);
        permits.answered(first, 100 * MILLI);
        Permit second = send(200 * MILLI);
        permits.answered(second, 300 * MILLI);

        assertThat(permits.untilFree(1, 400 * MILLI)).isEqualTo(700 * MILLI);
        assertThat(permits.untilFree(2, 400 * MILLI)).isEqualTo(900 * MILLI);
        assertThat(permits.untilFree(1, 1_100 * MILLI + 1)).isZero();
        assertThat(permits.untilFree(2, 1_300 * MILLI + 1)).isZero();
    }

    @Test
    void whatIsNotAnsweredIsHeldButNotForEver() {
        Permit first = send(0);
        send(100 * MILLI);
        assertThat(permits.untilFree(1, 3 * SECOND)).isEqualTo(Permits.UNKNOWN);
        permits.answered(first, 4 * SECOND);
        permits.answered(first, 4_500 * MILLI);
        assertThat(permits.untilFree(1, 4_600 * MILLI)).isEqualTo(400 * MILLI);
        assertThat(permits.untilFree(2, 4_600 * MILLI)).isEqualTo(Permits.UNKNOWN);

        assertThat(permits.untilFree(2, 5_200 * MILLI)).isEqualTo(SECOND);
        assertThat(permits.untilFree(2, 6_200 * MILLI + 1)).isZero();
    }

    @Test
    void whatIsTakenBeyondAllIsAwaitedByTheOthers() {
        Permit[] sent = {send(0), send(0), send(0)};
        for (int i = 0; i < sent.length; i++) {
            permits.answered(sent[i], i * MILLI);
        }
        assertThat(permits.untilFree(1, 10 * MILLI)).isEqualTo(SECOND + MILLI - 10 * MILLI);
    }

    @Test
    void whatIsGivenBackUnusedIsFreeAtOnce() {
        permits.take(2);
        assertThat(permits.untilFree(1, 0)).isEqualTo(Permits.UNKNOWN);
        permits.giveBack(1);
        assertThat(permits.untilFree(1, 0)).isZero();
    }
}
