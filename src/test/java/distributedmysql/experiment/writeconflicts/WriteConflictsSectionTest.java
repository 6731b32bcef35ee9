package distributedmysql.experiment.writeconflicts;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Member;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.load.SqlFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WriteConflictsSectionTest {
    @Test
    @DisplayName("An error at commit is a conflict, one before it a deadlock, and a broken connection is unknown")
    void endings() {
        assertThat(IncrementEnding.of(null)).isEqualTo(IncrementEnding.ACKNOWLEDGED);
        assertThat(ending("HY000", 3101)).isEqualTo(IncrementEnding.CONFLICT);
        assertThat(ending("40000", 3101)).isEqualTo(IncrementEnding.CONFLICT);
        assertThat(ending("40001", 1213)).isEqualTo(IncrementEnding.DEADLOCK);
        assertThat(ending("HY000", 1180)).isEqualTo(IncrementEnding.DEADLOCK);
        assertThat(ending("HY000", 1290)).isEqualTo(IncrementEnding.FAILED);
        assertThat(ending("08S01", 0)).isEqualTo(IncrementEnding.UNKNOWN);
    }

    private static IncrementEnding ending(String state, int code) {
        return IncrementEnding.of(SqlFailure.whileExecuting(new SQLException("planted", state, code)));
    }

    @Test
    @DisplayName(
            "The share is of all that were acknowledged or rolled back; what the group has counted stands beside it")
    void turn() {
        ConflictRecord record = new ConflictRecord(10, List.of("node1", "node2"));
        for (int i = 0; i < 6; i++) {
            record.ended("node1", IncrementEnding.ACKNOWLEDGED, i * 100_000_000L, i * 100_000_000L + 2_000_000);
        }
        record.ended("node2", IncrementEnding.CONFLICT, 0, 7_000_000);
        record.ended("node2", IncrementEnding.CONFLICT, 0, 9_000_000);
        record.ended("node2", IncrementEnding.DEADLOCK, 0, 3_000_000_000L);
        record.ended("node2", IncrementEnding.UNKNOWN, 0, 1);
        record.ended("node1", IncrementEnding.FAILED, 0, 1);

        Turn turn = record.turn(Map.of("node1", 2L));

        assertThat(turn.transactionsPerSecond()).isEqualTo(2);
        assertThat(turn.rolledBackShare()).isEqualTo(2.0 / 9);
        assertThat(turn.acknowledgedMicros().p50()).isEqualTo(2_000);
        assertThat(turn.rolledBackMicros().p50()).isBetween(7_000L, 7_003L);
        assertThat(turn.members())
                .containsExactly(new Member("node1", 6, 0, 0, 2L), new Member("node2", 0, 2, 1, null));
    }

    @Test
    void console() {
        assertThat(WriteConflictsReports.full().console(part -> part.endsWith(": 1") ? " (busy machine)" : ""))
                .containsExactly(
                        "Write conflicts (4 clients on each member; the group counts for all members):",
                        "      keys  acknowledged/s           rolled back  deadlocks          p50/p99  counted by the"
                                + " group",
                        "         1              33           40 (28.4 %)          1       2.0/5.0 ms  40 (busy machine)",
                        "     10000               0                     -          0                -  -");
    }
}
