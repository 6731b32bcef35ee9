package distributedmysql.experiment.groupconsistency;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupConsistencyChecksTest {
    private static final List<String> SECONDARIES = List.of("node2", "node3");
    private static final List<Long> DELAYS = List.of(0L, 5_000L);

    private final List<SecondaryRead> reads = new ArrayList<>();
    private long nextId = 1;

    @ParameterizedTest
    @EnumSource(names = {"BEFORE", "AFTER", "BEFORE_AND_AFTER"})
    @DisplayName("One stale read among fresh ones is named: row, secondary, level, and how late it was")
    void stale(Level level) {
        fresh(3);
        reads.add(new SecondaryRead("node3", 5_000, 4711, 2_000_000, 2_005_250, false));
        fresh(3);

        CheckResult result = check(level);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.name()).isEqualTo("group reads: " + level);
        assertThat(result.evidence())
                .isEqualTo(
                        level + " on node3: row 4711, acknowledged at 2.000000 s, was not there in a read sent 5.25 ms"
                                + " later; 25 answered reads, 1 stale, 0 failed");
    }

    @Test
    void allFresh() {
        fresh(5);

        CheckResult result = check(Level.BEFORE);

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("20 answered reads, 0 stale, 0 failed");
    }

    @Test
    @DisplayName(
            "A secondary that has not answered often enough after one delay says nothing; failed reads are no answers")
    void tooFew() {
        fresh(5);
        reads.removeIf(read -> read.node().equals("node3") && read.delayMicros() == 5_000);
        fresh("node3", 5_000, 4);
        reads.add(new SecondaryRead("node3", 5_000, nextId++, 1_000, 6_000, null));

        CheckResult result = check(Level.AFTER);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .isEqualTo("on node3 after 5 ms: 4 answered reads, 5 needed; 19 answered reads, 0 stale, 1 failed");
    }

    @Test
    @DisplayName("A stale read is proof, however few there are")
    void staleOfFew() {
        reads.add(new SecondaryRead("node2", 0, 1, 10, 20, false));

        assertThat(check(Level.BEFORE_AND_AFTER).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName("What promises nothing is not judged")
    void judged() {
        assertThat(GroupConsistencyChecks.judged()).containsExactly(Level.BEFORE, Level.AFTER, Level.BEFORE_AND_AFTER);
    }

    @Test
    void probabilityOfEachSecondaryAndDelay() {
        fresh(3);
        reads.add(new SecondaryRead("node2", 0, 77, 10, 20, false));
        reads.add(new SecondaryRead("node2", 0, 78, 10, 20, null));

        List<GroupConsistencySection.Fresh> cells = LevelReports.fresh(reads, SECONDARIES, DELAYS);

        assertThat(cells).hasSize(4);
        GroupConsistencySection.Fresh cell = cells.get(0);
        assertThat(cell.samples()).isEqualTo(4);
        assertThat(cell.fresh()).isEqualTo(3);
        assertThat(cell.failed()).isEqualTo(1);
        assertThat(cell.probabilityFresh()).isEqualTo(0.75);
        assertThat(cell.ci95().low()).isBetween(0.3, 0.31);
        assertThat(cells.get(1).probabilityFresh()).isEqualTo(1);
    }

    private void fresh(int each) {
        for (String node : SECONDARIES) {
            DELAYS.forEach(delay -> fresh(node, delay, each));
        }
    }

    private void fresh(String node, long delay, int count) {
        for (int i = 0; i < count; i++) {
            reads.add(new SecondaryRead(node, delay, nextId++, 1_000, 1_000 + delay, true));
        }
    }

    private CheckResult check(Level level) {
        return GroupConsistencyChecks.check(level, reads, SECONDARIES, DELAYS, 5);
    }
}
