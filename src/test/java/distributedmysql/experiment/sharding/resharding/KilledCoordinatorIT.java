package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.fault.JavaProcess;
import distributedmysql.topology.PassedShards;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coordinator whose process is killed (SIGKILL) while writes arrive: another one finds out from the servers alone where it was. */
@Tag("nightly")
class KilledCoordinatorIT extends RigTests {
    private static final int ROWS = 6_000;
    private static final Pacing PACING = new Pacing(500, 0, 20);
    /** So slow that it is killed in the middle of its copy. */
    private static final Pacing SLOW = new Pacing(100, 1_000, 20);

    private interface Next {
        void with(Coordinator coordinator);
    }

    /** A resharding whose first coordinator is killed when it has said such a line. */
    private static Resharder killed(Pacing pacing, Strategy strategy, String point, int lines, Next next) {
        Predicate<String> wanted = line -> line.startsWith(
                point.isEmpty() ? CoordinatorProcess.COPIED : CoordinatorProcess.at(KilledAt.valueOf(point)));
        return (change, progress) -> {
            String[] arguments = CoordinatorProcess.arguments(strategy, ROWS, pacing, point);
            try (JavaProcess process =
                    JavaProcess.start(CoordinatorProcess.class, PassedShards.environment(change.shards()), arguments)) {
                process.awaitLines(wanted, lines);
                process.kill();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            try (Coordinator coordinator = new Coordinator(change, PACING, progress)) {
                next.with(coordinator);
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "CATCH_UP", "SWITCH", "FENCED", "DECIDED", "RELEASE"})
    @DisplayName("At each point another coordinator goes on, and every acknowledged write is on its shard alone")
    void goesOn(KilledAt point) {
        RoundPlay play = rig.play(
                Rig.settings(ROWS, Strategy.RING), killed(PACING, Strategy.RING, point.name(), 1, Coordinator::run));

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        Rig.assertValid(play, List.of(played));
        assertThat(played.round().held().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY", "CATCH_UP", "SWITCH", "FENCED"})
    @DisplayName("Before the decision another coordinator can roll back instead, and nothing has moved")
    void rollsBack(KilledAt point) {
        RoundPlay play = rig.play(
                Rig.settings(ROWS, Strategy.MODULO),
                killed(PACING, Strategy.MODULO, point.name(), 1, Coordinator::rollBack));

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        Rig.assertRolledBack(play, played);
    }

    @Test
    @DisplayName("The same of one that is killed at work, in the middle of whatever it does to copy a chunk")
    void atWork() {
        RoundPlay play = rig.play(Rig.settings(ROWS, Strategy.RING), killed(SLOW, Strategy.RING, "", 5, coordinator -> {
            assertThat(coordinator.phase()).isEqualTo(Phase.COPY);
            coordinator.run();
        }));

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        Rig.assertValid(play, List.of(played));
    }
}
