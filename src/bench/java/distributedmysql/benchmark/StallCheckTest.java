package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallCheckTest {
    private final LoadPlan plan = new LoadPlan(Workload.POINT_SELECT, 64, 4000, 500, 1000, 6, 6);

    /** As sysbench measured it: 500 ms - 0.01 * 6 s = 440 ms. */
    @Test
    void aGeneratorThatCountsFromTheArrivalShowsTheStop() {
        assertThat(StallCheck.problem(plan, tool(442_730, 507_290))).isEmpty();
    }

    /** 64 connections, each with one slow answer: too few for the 99th percentile of 24,000 requests. */
    @Test
    void aGeneratorThatTimesOnlyWhatItSentDoesNot() {
        assertThat(StallCheck.problem(plan, tool(900, 507_290)))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .isEqualTo("the stopped server does not show: p99 0.9 ms, must be at least 396.0 ms"));
    }

    @Test
    void aGeneratorThatDropsSlowAnswersDoesNot() {
        assertThat(StallCheck.problem(plan, tool(420_000, 420_000))).isPresent();
    }

    @Test
    void aServerThatWasNotStoppedNeedNotShow() {
        LoadPlan open = new LoadPlan(Workload.POINT_SELECT, 64, 4000, null, 1000, 6, 6);

        assertThat(StallCheck.problem(open, tool(900, 2_000))).isEmpty();
    }

    private static ToolReport tool(long p99, long max) {
        return new ToolReport(4000, 0, new Latencies(220, 800, p99, max));
    }
}
