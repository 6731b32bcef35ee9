package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Promotion;
import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The primary is killed at 10.0 s, suspected at 15.1 s, expelled at 16.2 s, and another one takes writes at 16.5 s. */
class GroupPhasesTest {
    private static final long KILLED = 10_000_000;

    @Test
    @DisplayName("The phases follow one another without a gap: their sum is from the kill to the first write")
    void phases() {
        GroupPhases phases = GroupPhases.of(true, record(15_100_000L), KILLED, 16_540_000L);

        assertThat(phases).isEqualTo(new GroupPhases(5_100, 1_100, 300, 40.0));
        assertThat(phases.suspicionMillis()
                        + phases.expulsionMillis()
                        + phases.electionMillis()
                        + phases.firstWriteMillis())
                .isEqualTo((16_540_000 - KILLED) / 1e3);
        assertThat(GroupPhases.line(List.of(phases)))
                .isEqualTo(
                        "  suspected after 5100 ms, expelled 1100 ms later, a new primary 300 ms later, first write 40 ms"
                                + " later");
    }

    @Test
    @DisplayName("A write that is acknowledged before the election is seen ends it: no phase is less than nothing")
    void seenLate() {
        assertThat(GroupPhases.of(true, record(15_100_000L), KILLED, 16_450_000L))
                .isEqualTo(new GroupPhases(5_100, 1_100, 250, 0.0));
        assertThat(GroupPhases.of(true, record(15_100_000L), KILLED, 16_150_000L))
                .isEqualTo(new GroupPhases(5_100, 1_050, 0, 0.0));
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(GroupPhases.of(true, record(15_100_000L), KILLED, null).firstWriteMillis())
                .isNull();
        assertThat(GroupPhases.of(true, record(null), KILLED, 16_540_000L)).isNull();
        assertThat(GroupPhases.of(true, record(15_100_000L), null, 16_540_000L)).isNull();
        assertThat(GroupPhases.of(false, record(15_100_000L), KILLED, 16_540_000L))
                .isNull();
    }

    @Test
    @DisplayName("Of rounds of which one is not known, the console says nothing; without a first write it says so")
    void line() {
        GroupPhases without = new GroupPhases(5_000, 1_000, 200, null);

        assertThat(GroupPhases.line(List.of())).isEmpty();
        assertThat(GroupPhases.line(Arrays.asList(without, null))).isEmpty();
        assertThat(GroupPhases.line(List.of(without))).endsWith("first write unknown");
    }

    private static FailoverRecord record(Long suspected) {
        long promoted = 16_500_000;
        return new FailoverRecord(
                "node1",
                "node2",
                new Detection(suspected, 16_200_000, true, "the group has expelled it"),
                Fencing.DEAD,
                16_200_000,
                16_200_000,
                promoted,
                promoted,
                promoted,
                promoted,
                promoted,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new Promotion("a", "b", 10_000_000, true));
    }
}
