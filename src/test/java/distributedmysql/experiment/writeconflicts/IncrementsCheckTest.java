package distributedmysql.experiment.writeconflicts;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IncrementsCheckTest {
    private static final Counter PLANTED = new Counter(10, 7);

    private final Increments increments = new Increments();
    private final Map<String, Map<Counter, Long>> values = new TreeMap<>();
    private final List<Integer> turns = new ArrayList<>(List.of(1, 10));

    /** 5 acknowledged increments of each counter; 3 rolled back, and 2 of counter 7 with an unknown end, of which 1 is there. */
    @BeforeEach
    void played() {
        for (int keys : turns) {
            for (int id = 0; id < keys; id++) {
                Counter counter = new Counter(keys, id);
                ended(counter, IncrementEnding.ACKNOWLEDGED, 5);
                for (String member : List.of("node1", "node2", "node3")) {
                    values.computeIfAbsent(member, any -> new TreeMap<>()).put(counter, 5L);
                }
            }
        }
        ended(PLANTED, IncrementEnding.UNKNOWN, 2);
        ended(PLANTED, IncrementEnding.CONFLICT, 1);
        ended(new Counter(1, 0), IncrementEnding.DEADLOCK, 1);
        ended(new Counter(1, 0), IncrementEnding.FAILED, 1);
        values.values().forEach(member -> member.put(PLANTED, 6L));
    }

    @Test
    @DisplayName("An increment whose end nobody knows may be there")
    void valid() {
        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo("55 acknowledged increments of 11 counters, 3 not applied, 2 with an unknown end; read on 3"
                        + " members");
    }

    @Test
    @DisplayName("One acknowledged increment that is on no member is named with its counter and the numbers")
    void lost() {
        values.values().forEach(member -> member.put(PLANTED, 4L));

        assertInvalid(
                "node1: counter 7 of 10 is 4, after 5 acknowledged increments and 2 with an unknown end: 1 lost; ");
    }

    @Test
    @DisplayName("One increment more than were sent is one that was rolled back, and is named")
    void tooMany() {
        values.values().forEach(member -> member.put(PLANTED, 8L));

        assertInvalid(
                "node1: counter 7 of 10 is 8, after 5 acknowledged increments and 2 with an unknown end: 1 too many; ");
    }

    @Test
    @DisplayName("A counter that nobody has incremented must be 0")
    void nobodys() {
        turns.add(100);
        ended(new Counter(100, 1), IncrementEnding.ACKNOWLEDGED, 1);
        values.values().forEach(member -> {
            member.put(new Counter(100, 1), 1L);
            member.put(new Counter(100, 2), 1L);
        });

        assertInvalid(
                "node1: counter 2 of 100 is 1, after 0 acknowledged increments and 0 with an unknown end: 1 too many; ");
    }

    @Test
    @DisplayName("Members that differ are named, though each could be right by itself")
    void different() {
        values.get("node3").put(PLANTED, 7L);

        assertInvalid("counter 7 of 10 is 6 on node1, and 7 on node3; ");
    }

    @Test
    void absent() {
        values.get("node2").remove(PLANTED);

        assertInvalid("node2: counter 7 of 10 is not there; ");
    }

    @Test
    @DisplayName("A turn in which nothing was acknowledged proves nothing")
    void silent() {
        turns.add(1_000);

        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("of 1000 counters no increment was acknowledged; 55 acknowledged ");
    }

    private void ended(Counter counter, IncrementEnding ending, int times) {
        for (int i = 0; i < times; i++) {
            increments.ended(counter, ending);
        }
    }

    private CheckResult check() {
        return IncrementsCheck.check(turns, increments.told(), increments.notApplied(), values);
    }

    private void assertInvalid(String evidence) {
        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
    }
}
