package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;
import org.jspecify.annotations.Nullable;

/** One level of concurrency of the closed model. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One level of concurrency of the closed model.")
public record CurvePoint(
        @JsonPropertyDescription("Connections in use at once.")
        int concurrency,

        @JsonPropertyDescription("Requests that succeeded, per second.")
        double qps,

        @JsonPropertyDescription("Median latency, in microseconds; absent, as p95 and p99, if no request succeeded.")
        Long p50,

        @JsonPropertyDescription("95th percentile of the latency, in microseconds.")
        Long p95,

        @JsonPropertyDescription("99th percentile of the latency, in microseconds.")
        Long p99,

        @JsonPropertyDescription("Failed requests, in percent of all.") @JsonRule("maximum: 100")
        double errorPercent,

        @JsonPropertyDescription("Whether latency and errors are within the objective.")
        boolean meetsObjective,

        @JsonPropertyDescription(
                "What limited this point instead of the servers, for instance external.max-rate; absent if "
                        + "nothing did.")
        @Nullable
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
