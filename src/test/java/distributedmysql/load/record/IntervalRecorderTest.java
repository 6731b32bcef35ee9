package distributedmysql.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.SqlFailure;
import distributedmysql.mysql.RateCap;
import distributedmysql.report.StageInterval;
import distributedmysql.topology.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntervalRecorderTest {
    private static final long SECOND = 1_000_000_000;

    private final IntervalRecorder intervals = new IntervalRecorder(Duration.ofMillis(7_000), Duration.ofSeconds(2));

    @Test
    void countsByTheStartOfTheRequestAndOnlyInWholeIntervals() {
        intervals.succeeded(0, 100);
        intervals.succeeded(2 * SECOND - 1, 300);
        intervals.failed(2 * SECOND);
        intervals.succeeded(6 * SECOND, 100);

        assertThat(intervals.intervals())
                .map(StageInterval::of)
                .containsExactly(
                        new StageInterval(0, 1, 0, 100L, 301L, 301L),
                        new StageInterval(2, 0, 1, null, null, null),
                        new StageInterval(4, 0, 0, null, null, null));
    }

    @Test
    void aStageTellsItOfTheCountedRequestsOnly() {
        Phases phases = new Phases(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(7));
        StagePlan plan = StagePlan.open("soak", "routed", 1, phases);
        StageRecorder stage = new StageRecorder(plan, () -> {}, intervals, null, RateCap.none());
        stage.begin(0);

        stage.succeeded("r", Role.REPLICA, SECOND, 0, SECOND + 5_000_000);
        stage.succeeded("r", Role.REPLICA, 2 * SECOND, 0, 2 * SECOND + 100_000);
        stage.failed("r", Role.PRIMARY, 5 * SECOND, SqlFailure.poolTimeout());

        assertThat(intervals.intervals())
                .map(StageInterval::of)
                .containsExactly(
                        new StageInterval(0, 0.5, 0, 100L, 100L, 100L),
                        new StageInterval(2, 0, 1, null, null, null),
                        new StageInterval(4, 0, 0, null, null, null));
    }
}
