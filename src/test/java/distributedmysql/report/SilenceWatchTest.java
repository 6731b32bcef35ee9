package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.monitor.LoadTime;
import distributedmysql.report.SilenceWatch.Silence;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final long TICK = 250_000_000;
    private static final LoadTime ALWAYS = new LoadTime(0, 1_000 * TICK);

    private final StageRecorder stage = new StageRecorder(
            StagePlan.open("reads", "routed", 100, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5))),
            () -> {});
    private final SilenceWatch watch = new SilenceWatch(new StageRecorders());
    private int tick;

    /** @param sent, answered per tick */
    private void ticks(int count, int sent, int replicaAnswers, int primaryAnswers) {
        for (int i = 0; i < count; i++) {
            long now = ++tick * TICK;
            for (int request = 0; request < sent; request++) {
                stage.begin(now);
            }
            answer(Role.REPLICA, replicaAnswers, now);
            answer(Role.PRIMARY, primaryAnswers, now);
            watch.take(stage, now);
        }
    }

    private void answer(Role role, int count, long now) {
        for (int i = 0; i < count; i++) {
            stage.succeeded("a", role, now, 0, now + 1_000);
        }
    }

    @Test
    @DisplayName("A replica that answers nothing for 2 s while requests go on is named, the primary is not")
    void aStoppedReplica() {
        ticks(20, 25, 18, 7);
        ticks(8, 25, 0, 7);
        ticks(1, 25, 150, 7);
        ticks(10, 25, 18, 7);
        assertThat(watch.during(ALWAYS))
                .containsExactly(new Silence("the replica", new LoadTime(20 * TICK, 28 * TICK)));
        assertThat(watch.during(new LoadTime(30 * TICK, 40 * TICK))).isEmpty();
    }

    @Test
    void oneThatStillLastsCounts() {
        ticks(20, 25, 18, 7);
        ticks(8, 25, 0, 0);
        assertThat(watch.during(ALWAYS))
                .extracting(Silence::server)
                .containsExactlyInAnyOrder("the replica", "the primary");
    }

    @Test
    void aShortOneIsNone() {
        ticks(20, 25, 18, 7);
        ticks(3, 25, 0, 7);
        ticks(5, 25, 18, 7);
        assertThat(watch.during(ALWAYS)).isEmpty();
    }

    @Test
    @DisplayName("Where nothing is sent, because the client stood still or the stage is over, nothing is due")
    void nothingSent() {
        ticks(20, 25, 18, 7);
        ticks(20, 0, 0, 0);
        assertThat(watch.during(ALWAYS)).isEmpty();
    }

    @Test
    @DisplayName("A role that is seldom asked is not silent because it has not been asked")
    void aRareRole() {
        for (int i = 0; i < 6; i++) {
            ticks(8, 25, 25, 0);
            ticks(1, 25, 24, 1);
        }
        assertThat(watch.during(ALWAYS)).isEmpty();
    }

    @Test
    void aStageThatHasNotBegunHasNone() {
        ticks(20, 0, 0, 0);
        assertThat(watch.during(ALWAYS)).isEqualTo(List.of());
    }
}
