package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.LedgerWrite;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 100 writes per second arrive for 5 s; what is looked at is from 1 s to 4 s. */
class HeldRateTest {
    private static HeldRate rate(LongUnaryOperator ends) {
        List<LedgerWrite> writes = LongStream.range(0, 500)
                .mapToObj(
                        id -> new LedgerWrite(id, id * 10_000, ends.applyAsLong(id * 10_000), Completion.OK, "server"))
                .toList();
        return HeldRate.of(writes, 100, 1_000_000, 4_000_000);
    }

    @Test
    @DisplayName("Each is acknowledged at once")
    void held() {
        HeldRate rate = rate(arrived -> arrived + 1_000);

        assertThat(rate.isHeld()).isTrue();
        assertThat(rate.achieved()).isEqualTo(100);
        assertThat(rate.least()).isEqualTo(100);
        assertThat(rate.mostBehind()).isEqualTo(1);
    }

    @Test
    @DisplayName("None is acknowledged for a second, and all of them later: the rate was not held in that second")
    void standstill() {
        HeldRate rate = rate(
                arrived -> arrived >= 2_000_000 && arrived < 3_000_000 ? 3_000_000 + arrived / 100 : arrived + 1_000);

        assertThat(rate.isHeld()).isFalse();
        assertThat(rate.notHeldMillis()).isEqualTo(1_000);
        assertThat(rate.least()).isZero();
        assertThat(rate.achieved()).isEqualTo(100);
        assertThat(rate.mostBehind()).isBetween(100L, 104L);
    }

    @Test
    @DisplayName("What no client was free for is behind too, by the plan")
    void never() {
        List<LedgerWrite> one = List.of(new LedgerWrite(1, 1_000_000, 1_001_000, Completion.OK, "server"));

        assertThat(HeldRate.of(one, 100, 1_000_000, 4_000_000).mostBehind()).isEqualTo(300);
    }
}
