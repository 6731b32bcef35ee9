package distributedmysql.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.record.SilenceWatch.Silence;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.NamedNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        ticks(count, sent, Map.of("node2", replicaAnswers, "node1", primaryAnswers));
    }

    private void ticks(int count, int sent, Map<String, Integer> answers) {
        for (int i = 0; i < count; i++) {
            long now = ++tick * TICK;
            for (int request = 0; request < sent; request++) {
                stage.begin(now);
            }
            answers.forEach(this::answer);
            watch.take(stage, now);
        }
    }

    private void answer(String node, int count) {
        for (int i = 0; i < count; i++) {
            stage.executed(NamedNode.of(node), "SELECT 1", true);
        }
    }

    @Test
    @DisplayName("A replica that answers nothing for 2 s while requests go on is named, the primary is not")
    void aStoppedReplica() {
        ticks(20, 25, 18, 7);
        ticks(8, 25, 0, 7);
        ticks(1, 25, 150, 7);
        ticks(10, 25, 18, 7);
        assertThat(watch.during(ALWAYS)).containsExactly(new Silence("node2", new LoadTime(20 * TICK, 28 * TICK)));
        assertThat(watch.during(new LoadTime(30 * TICK, 40 * TICK))).isEmpty();
    }

    @Test
    @DisplayName("A server that was dead before the stage began is named, one that a single request missed is not")
    void dead() {
        for (int i = 0; i < 8; i++) {
            for (int request = 0; request < 7; request++) {
                stage.unreached(NamedNode.of("node1"));
            }
            ticks(1, 25, Map.of("node2", 18));
        }
        stage.unreached(NamedNode.of("node3"));
        ticks(8, 25, Map.of("node2", 18, "node1", 7));

        assertThat(watch.during(ALWAYS)).containsExactly(new Silence("node1", new LoadTime(TICK, 8 * TICK)));
    }

    @Test
    @DisplayName(
            "One of two replicas is named though the other one answers, and the primary's silence of another time too")
    void oneOfTwo() {
        ticks(20, 25, Map.of("node1", 7, "node2", 9, "node3", 9));
        ticks(8, 25, Map.of("node1", 7, "node2", 0, "node3", 9));
        ticks(20, 25, Map.of("node1", 7, "node2", 9, "node3", 9));
        ticks(8, 25, Map.of("node1", 0, "node2", 9, "node3", 9));
        ticks(2, 25, Map.of("node1", 7, "node2", 9, "node3", 9));
        assertThat(watch.during(ALWAYS))
                .containsExactlyInAnyOrder(
                        new Silence("node2", new LoadTime(20 * TICK, 28 * TICK)),
                        new Silence("node1", new LoadTime(48 * TICK, 56 * TICK)));
    }

    @Test
    void oneThatStillLastsCounts() {
        ticks(20, 25, 18, 7);
        ticks(8, 25, 0, 0);
        assertThat(watch.during(ALWAYS)).extracting(Silence::server).containsExactlyInAnyOrder("node2", "node1");
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
    @DisplayName(
            "Behind an endpoint, which connections are used may change for seconds: whom no request waits for is not silent,"
                    + " and whom one waits for is")
    void behindAnEndpoint() {
        ticks(20, 25, Map.of("node2", 12, "node3", 13));
        waiting("node2", true);
        waiting("node2", false);
        ticks(12, 25, Map.of("node2", 0, "node3", 25));
        assertThat(watch.during(ALWAYS)).isEmpty();

        ticks(4, 25, Map.of("node2", 12, "node3", 13));
        waiting("node2", true);
        ticks(8, 25, Map.of("node2", 0, "node3", 25));
        waiting("node2", false);
        ticks(4, 25, Map.of("node2", 12, "node3", 13));
        assertThat(watch.during(ALWAYS)).containsExactly(new Silence("node2", new LoadTime(36 * TICK, 44 * TICK)));
    }

    private void waiting(String node, boolean begins) {
        stage.waiting(NamedNode.of(node), begins);
    }

    @Test
    void aStageThatHasNotBegunHasNone() {
        ticks(20, 0, 0, 0);
        assertThat(watch.during(ALWAYS)).isEqualTo(List.of());
    }
}
