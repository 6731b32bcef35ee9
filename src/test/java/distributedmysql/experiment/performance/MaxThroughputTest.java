package distributedmysql.experiment.performance;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.performance.MaxThroughput.Objective;
import distributedmysql.load.record.StagePlan;
import distributedmysql.report.ErrorCount;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaxThroughputTest {
    private static final Objective OBJECTIVE = new Objective(10_000, 0.1);

    @Test
    void isTheHighestRateThatMeetsTheObjective() {
        MaxThroughput max = MaxThroughput.of(
                List.of(point(64, 9000, 10_001, 0), point(32, 8000, 10_000, 0.1), point(16, 7000, 900, 0)), OBJECTIVE);
        assertThat(max.qps()).isEqualTo(8000);
        assertThat(max.connections()).isEqualTo(32);
        assertThat(max.reason()).isNull();
        assertThat(max.curve()).extracting(CurvePoint::concurrency).containsExactly(16, 32, 64);
        assertThat(max.curve()).extracting(CurvePoint::meetsObjective).containsExactly(true, true, false);
    }

    @Test
    void aStagesFailuresAreInPercentOfItsRequests() {
        assertThat(CurvePoint.of(stage(200, 50), OBJECTIVE))
                .isEqualTo(new CurvePoint(8, 100, 700L, 900L, 1000L, 25.0, false, null));
        assertThat(CurvePoint.of(stage(1, 0), OBJECTIVE).meetsObjective()).isTrue();
        assertThat(CurvePoint.of(stage(0, 0), OBJECTIVE).errorPercent()).isEqualTo(100);
    }

    private static Stage stage(long requests, long failed) {
        return new Stage(
                "max throughput, 8 users",
                "routed",
                StagePlan.Model.CLOSED,
                null,
                100,
                requests,
                failed == 0 ? List.of() : List.of(new ErrorCount("40001", 1213, failed, "deadlock")),
                new LatencySummary(1, 1, 700, 1, 900, 1000, 1, 1),
                null,
                null,
                List.of(),
                8,
                2,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void errorsAboveTheObjectiveDoNotCount() {
        MaxThroughput max = MaxThroughput.of(List.of(point(1, 100, 900, 0), point(2, 200, 900, 0.11)), OBJECTIVE);
        assertThat(max.qps()).isEqualTo(100);
    }

    @Test
    void ofEqualRatesTheOneWithFewerConnections() {
        MaxThroughput max = MaxThroughput.of(List.of(point(8, 100, 900, 0), point(4, 100, 900, 0)), OBJECTIVE);
        assertThat(max.connections()).isEqualTo(4);
    }

    @Test
    void isAbsentWithAReasonWhereNoPointMeetsTheObjective() {
        MaxThroughput max = MaxThroughput.of(
                List.of(point(1, 100, 10_001, 0), CurvePoint.of(2, 0, null, 100, OBJECTIVE)), OBJECTIVE);
        assertThat(max.qps()).isNull();
        assertThat(max.connections()).isNull();
        assertThat(max.reason()).isEqualTo("no step meets the objective");
        assertThat(MaxThroughput.of(List.of(), OBJECTIVE).reason()).isEqualTo("no step was run to its end");
    }

    @Test
    void isAbsentWithAReasonWhereTheCapLimitedAPoint() {
        LimitedByCap cap = new LimitedByCap(500, 1_000, 990, 81.25, 100);
        MaxThroughput max = MaxThroughput.of(
                List.of(point(1, 480, 900, 0), point(2, 499, 900, 0).limitedBy(cap), point(4, 480, 900, 0)), OBJECTIVE);
        assertThat(max.qps()).isNull();
        assertThat(max.connections()).isNull();
        assertThat(max.reason())
                .isEqualTo("limited by external.max-rate = 500 from 2 connections on: what the servers carry is not"
                        + " known");
        assertThat(max.curve()).extracting(CurvePoint::limitedBy).containsExactly(null, cap.reason(), null);
    }

    private static CurvePoint point(int concurrency, double qps, long p95, double errorPercent) {
        LatencySummary latency = new LatencySummary(1, 1, 1, 1, p95, p95, p95, p95);
        return CurvePoint.of(concurrency, qps, latency, errorPercent, OBJECTIVE);
    }
}
