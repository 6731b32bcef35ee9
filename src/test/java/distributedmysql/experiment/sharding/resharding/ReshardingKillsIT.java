package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is killed during a resharding, it is resumed or rolled back, and the ledger is whole. */
@Tag("nightly")
class ReshardingKillsIT extends RigTests {
    private static final Pacing PACING = new Pacing(500, 0, 20);
    /** A copy takes as long as a kill needs to meet it. */
    private static final Pacing SLOW = new Pacing(200, 1_500, 20);

    private static void killed(KilledAt point, Change change, Progress progress) {
        Watch watch = point.watch(progress, at -> {
            throw new KilledAt.Killed(at);
        });
        try (Coordinator coordinator = new Coordinator(change, PACING, watch)) {
            assertThatThrownBy(coordinator::run).isInstanceOf(KilledAt.Killed.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A coordinator that is killed is replaced by another one, which goes on from there")
    void coordinator(KilledAt point) {
        RoundPlay play = rig.play(Rig.settings(3_000, Strategy.RING), (change, progress) -> {
            killed(point, change, progress);
            try (Coordinator next = new Coordinator(change, PACING, progress)) {
                next.run();
            }
        });

        PlayedRound played = play.play(1);

        Rig.assertValid(play, List.of(played));
        assertThat(played.round().held().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CAPTURE", "COPY", "CATCH_UP", "SWITCH", "FENCED"})
    @DisplayName(
            "Before the decision it can be rolled back, also of modulo, which moves keys to former shards; and begun again")
    void rolledBack(KilledAt point) {
        RoundPlay play = rig.play(Rig.settings(3_000, Strategy.MODULO, Strategy.MODULO), (change, progress) -> {
            killed(point, change, progress);
            try (Coordinator other = new Coordinator(change, PACING, progress)) {
                other.rollBack();
            }
        });

        PlayedRound played = play.play(1);

        Rig.assertRolledBack(play, played);
        try (Coordinator again = new Coordinator(played.round().change(), PACING, new Watch() {})) {
            again.run();
            assertThat(again.phase()).isEqualTo(Phase.DONE);
        }
        assertThat(played.round().change().shards().map().version()).isEqualTo(2);
    }

    @Test
    @DisplayName("After the decision it cannot be rolled back, and says so")
    void tooLate() {
        List<String> refused = new ArrayList<>();
        RoundPlay play = rig.play(Rig.settings(3_000, Strategy.RING), (change, progress) -> {
            killed(KilledAt.DECIDED, change, progress);
            try (Coordinator other = new Coordinator(change, PACING, progress)) {
                assertThatThrownBy(other::rollBack)
                        .isInstanceOf(TopologyException.class)
                        .hasMessageContaining(
                                "cannot be rolled back any more, because the new map holds (phase clean)");
                refused.add("");
                other.run();
            }
        });

        Rig.assertValid(play, List.of(play.play(1)));
        assertThat(refused).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    @DisplayName(
            "A source's or the target's primary that is killed while rows are copied, and started again, loses nothing")
    void serverWhileCopying(int shard) {
        PlayedRound played = play(shard, progress -> progress.moved() > 0);

        assertThat(played.progress().failures()).as("%s", rig.said).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    @DisplayName("The same of one that is killed when writes are refused")
    void serverInTheSwitch(int shard) {
        play(shard, progress -> progress.fencedMicros().isPresent());
    }

    private interface Moment {
        boolean hasCome(Progress progress);
    }

    private static PlayedRound play(int shard, Moment moment) {
        ReplicaSet set = rig.servers.shards().all().get(shard);
        RoundPlay play = rig.play(Rig.settings(6_000, Strategy.RING), (change, progress) -> {
            CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
                Await.of("the moment to kill", Rig.DEADLINE)
                        .every(Duration.ofMillis(1))
                        .until(() -> moment.hasCome(progress), () -> "not yet");
                KillAndRestart fault = new KillAndRestart(set, set.primary());
                fault.inject();
                fault.heal();
            });
            rig.own(SLOW).reshard(change, progress);
            killer.join();
        });

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        Rig.assertValid(play, List.of(played));
        return played;
    }
}
