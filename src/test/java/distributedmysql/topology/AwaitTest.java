package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With a clock that only the pauses move. */
class AwaitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final SQLException cause = new SQLException("refused", "08001");

    private final List<Long> pausesMillis = new ArrayList<>();
    private long now;
    private int looks;

    @AfterEach
    void endNothing() {
        Ending.forget();
        Thread.interrupted();
    }

    private Await await(Duration deadline) {
        return Await.of("node1: it to be ready", Deadline.after(deadline, () -> now), pause -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pausesMillis.add(pause.toMillis());
            now += pause.toNanos();
        });
    }

    @Test
    @DisplayName("What holds already is not waited for, even if there is no time")
    void atOnce() {
        await(Duration.ZERO).until(() -> true, () -> "never asked");
        assertThat(await(Duration.ZERO).reached(() -> true)).isTrue();

        assertThat(pausesMillis).isEmpty();
    }

    @Test
    @DisplayName("It is asked again after each pause")
    void again() {
        await(SECOND).every(Duration.ofMillis(100)).until(() -> ++looks == 4, () -> "");

        assertThat(pausesMillis).containsExactly(100L, 100L, 100L);
    }

    @Test
    @DisplayName("Late, the message says what was awaited, where, for how long, and the last state")
    void late() {
        assertThatThrownBy(() -> await(SECOND).until(() -> false, () -> "it is busy"))
                .isInstanceOf(TopologyException.class)
                .hasMessage("waited 1000 ms for node1: it to be ready; last state: it is busy");
        assertThatThrownBy(() -> await(SECOND).untilNo(() -> Optional.of("look " + ++looks)))
                .hasMessage("waited 1000 ms for node1: it to be ready; last state: look " + looks);
        assertThatThrownBy(() -> await(SECOND).untilNo(() -> Optional.of("none"), () -> "the log says why"))
                .hasMessage("waited 1000 ms for node1: it to be ready; last state: none; the log says why");
        assertThat(await(SECOND).reached(() -> false)).isFalse();
    }

    @Test
    @DisplayName("It is asked once more when the deadline has passed, and never pauses beyond it")
    void onceMore() {
        assertThat(await(Duration.ofMillis(250))
                        .every(Duration.ofMillis(100))
                        .reached(() ->
                                ++looks > 0 && now == Duration.ofMillis(250).toNanos()))
                .isTrue();

        assertThat(pausesMillis).containsExactly(100L, 100L, 50L);
    }

    @Test
    @DisplayName("What may pass is tried again, and is the last state if it does not")
    void passing() {
        assertThat(await(SECOND).success(() -> {
                    if (++looks < 3) {
                        throw TopologyException.of("node1", cause);
                    }
                    return looks;
                }))
                .isEqualTo(3);
        assertThatThrownBy(() -> await(SECOND)
                        .until(
                                () -> {
                                    throw TopologyException.of("node1", cause);
                                },
                                () -> "not this"))
                .hasMessageEndingWith("; last state: node1: refused (SQLState 08001, error 0)");
    }

    @Test
    @DisplayName("Where failures are the obstacle's to judge, also one that may pass ends the wait")
    void judged() {
        TopologyException refused = TopologyException.of("node1", cause);
        assertThatThrownBy(() -> await(SECOND).untilNo(() -> {
                    throw refused;
                }))
                .isSameAs(refused);
        assertThatThrownBy(() -> await(SECOND).reached(() -> {
                    throw refused;
                }))
                .isSameAs(refused);
    }

    @Test
    @DisplayName("Anything else that an attempt throws ends the wait as it is")
    void lasting() {
        IOException broken = new IOException("broken");
        assertThatThrownBy(() -> await(SECOND).reached(() -> {
                    throw broken;
                }))
                .isSameAs(broken);
        TopologyException never = new TopologyException("never");
        assertThatThrownBy(() -> await(SECOND).untilNo(() -> {
                    throw never;
                }))
                .isSameAs(never);
        assertThat(pausesMillis).isEmpty();
    }

    @Test
    @DisplayName("An interrupt ends the wait, and is still there for the caller")
    void interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> await(SECOND).until(() -> false, () -> ""))
                .hasMessage("interrupted while waiting for node1: it to be ready");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        assertThat(await(SECOND).reached(() -> false)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("What cleans up waits on though interrupted, and the interrupt is there after it")
    void uninterruptible() {
        Thread.currentThread().interrupt();
        await(SECOND).uninterruptibly().until(() -> ++looks == 3, () -> "");

        assertThat(looks).isEqualTo(3);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("When the run is ending, only what the run needs to go on is given up")
    void ending() {
        Ending.begin();
        await(SECOND).until(() -> ++looks == 3, () -> "");
        assertThatThrownBy(() -> await(SECOND).whileRunGoesOn().until(() -> false, () -> ""))
                .hasMessage("the run is ending, so this is not begun: waiting on for node1: it to be ready");
    }
}
