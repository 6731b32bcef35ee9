package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The highest rate that still meets the objective, and the whole curve. */
@JsonClassDescription("The highest rate of reads on the replicas, all of them together, that still meets the "
        + "objective, and the whole curve; absent if that stage was not run.")
@JsonRule("if: {properties: {qps: {type: 'null'}}}, then: {required: ['reason']}")
public record MaxThroughput(
        @JsonPropertyDescription(
                "The highest rate that meets the objective, in requests per second; null if none does, or "
                        + "if something else than the servers limited a point.")
        Double qps,

        @JsonPropertyDescription(
                "Connections to the replicas in use at once at that rate, to all of them together; null if "
                        + "no rate meets the objective. It says nothing of the primary.")
        @JsonRule("minimum: 1")
        Integer connections,

        @JsonPropertyDescription("Why qps is null; absent if it is not.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String reason,

        @JsonPropertyDescription(
                "The stages of the curve in which the client's machine was busy, so that qps may be too "
                        + "low; absent if it was in none.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String warning,

        @JsonPropertyDescription("What a rate must hold to count.")
        Objective objective,

        @JsonPropertyDescription("One point for each level of concurrency, rising.")
        List<CurvePoint> curve) {

    public MaxThroughput {
        curve = List.copyOf(curve);
    }

    /** What a rate must hold to count. */
    public record Objective(
            @JsonPropertyDescription("Highest allowed 95th percentile of the latency, in microseconds.")
            long p95Micros,

            @JsonPropertyDescription("Highest allowed share of failed requests, in percent.") @JsonRule("maximum: 100")
            double errorPercent) {
        boolean isMetBy(long p95, double percent) {
            return p95 <= p95Micros && percent <= errorPercent;
        }
    }

    /** The highest rate of the points that meet the objective; of equal rates, the one with fewer connections. */
    public static MaxThroughput of(List<CurvePoint> points, Objective objective) {
        List<CurvePoint> curve = points.stream()
                .sorted(Comparator.comparingInt(CurvePoint::concurrency))
                .toList();
        Optional<CurvePoint> limited =
                curve.stream().filter(point -> point.limitedBy() != null).findFirst();
        if (limited.isPresent()) {
            return new MaxThroughput(null, null, reason(limited.get()), null, objective, curve);
        }
        Optional<CurvePoint> top = curve.stream()
                .filter(CurvePoint::meetsObjective)
                .max(Comparator.comparingDouble(CurvePoint::qps)
                        .thenComparing(
                                Comparator.comparingInt(CurvePoint::concurrency).reversed()));
        return top.map(point -> new MaxThroughput(point.qps(), point.concurrency(), null, null, objective, curve))
                .orElseGet(() -> new MaxThroughput(null, null, reason(curve), null, objective, curve));
    }

    public MaxThroughput warning(String text) {
        return new MaxThroughput(qps, connections, reason, text, objective, curve);
    }

    private static String reason(CurvePoint limited) {
        return limited.limitedBy() + " from " + limited.concurrency()
                + (limited.concurrency() == 1 ? " connection" : " connections")
                + " on: what the servers carry is not known";
    }

    private static String reason(List<CurvePoint> curve) {
        return curve.isEmpty() ? "no step was run to its end" : "no step meets the objective";
    }
}
