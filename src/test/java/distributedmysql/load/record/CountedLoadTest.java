package distributedmysql.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.FailedRequests;
import distributedmysql.check.Verdict;
import distributedmysql.load.SqlFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountedLoadTest {
    private static final long SECOND = 1_000_000_000;

    private final CountedLoad load = new CountedLoad("transfers", Optional.empty());

    @Test
    @DisplayName(
            "A request counts on each shard that it went to, and the load lasts from the first start to the last end")
    void counted() {
        assertThat(load.seconds()).isZero();
        assertThat(load.requests()).isEmpty();
        load.ended("transfer", 2 * SECOND, 3 * SECOND, null, 0, 2);
        load.ended("transfer", SECOND, 2 * SECOND, null, 2, 0);
        load.ended("transfer", 2 * SECOND, 5 * SECOND, SqlFailure.poolTimeout(), 2);

        assertThat(load.seconds()).isEqualTo(4);
        assertThat(load.byShard()).extracting(StageMeasurement.Requests::count).containsExactly(2L, 0L, 3L);
        assertThat(load.byShard()).extracting(StageMeasurement.Requests::failed).containsExactly(0L, 0L, 1L);
        assertThat(load.requests()).hasSize(1).allSatisfy(requests -> {
            assertThat(requests.stage()).isEqualTo("transfers");
            assertThat(requests.sent()).isEqualTo(3);
            assertThat(requests.failed()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("A failed one fails the run, unless such requests may fail")
    void failed() {
        load.ended("transfer", 0, SECOND, null, 0, 1);
        load.ended("transfer", 0, SECOND, SqlFailure.poolTimeout(), 0, 1);

        CheckResult result = check(Map.of());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith("\"transfer\" in \"transfers\": 1 of 2 failed: ");
        assertThat(check(Map.of("transfer", "servers are killed meanwhile")).verdict())
                .isEqualTo(Verdict.VALID);
    }

    private CheckResult check(Map<String, String> mayFail) {
        return FailedRequests.check(
                load.requests(), new FailedRequests.Simulation(Set.of(), Map.of(), Map.of(), Map.of()).with(mayFail));
    }
}
