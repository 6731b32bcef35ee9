package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;

/**
 * One level of concurrency of the closed model.
 *
 * @param concurrency connections in use at once
 * @param qps requests that succeeded, per second
 * @param p50 microseconds, as {@code p95} and {@code p99}; null if no request succeeded
 * @param errorPercent failed requests, in percent of all
 * @param limitedBy why it says nothing about the servers; null if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CurvePoint(
        int concurrency,
        double qps,
        Long p50,
        Long p95,
        Long p99,
        double errorPercent,
        boolean meetsObjective,
        String limitedBy) {

    /**
     * @param latency null if no request succeeded; the objective is not met then
     */
    public static CurvePoint of(
            int concurrency,
            double qps,
            LatencySummary latency,
            double errorPercent,
            MaxThroughput.Objective objective) {
        if (latency == null) {
            return new CurvePoint(concurrency, qps, null, null, null, errorPercent, false, null);
        }
        return new CurvePoint(
                concurrency,
                qps,
                latency.p50(),
                latency.p95(),
                latency.p99(),
                errorPercent,
                objective.isMetBy(latency.p95(), errorPercent),
                null);
    }

    CurvePoint limitedBy(LimitedByCap cap) {
        return new CurvePoint(
                concurrency, qps, p50, p95, p99, errorPercent, meetsObjective, cap == null ? null : cap.reason());
    }

    /** The figures of a closed stage. */
    static CurvePoint of(Stage stage, MaxThroughput.Objective objective) {
        double errorPercent = stage.requests() == 0 ? 100 : 100.0 * stage.failed() / stage.requests();
        return of(stage.concurrency(), stage.achievedQps(), stage.latencyMicros(), errorPercent, objective)
                .limitedBy(stage.limitedByCap());
    }
}
