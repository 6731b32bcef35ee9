package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The highest rate that still meets the objective, and the whole curve.
 *
 * @param qps null, and null in the JSON too, if no point meets the objective, or something else than the servers limited one
 * @param connections at that rate; null as {@code qps} is
 * @param reason why there is no rate; null if there is one
 * @param warning in which stages this machine was busy, so that the rate may be too low; null if in none
 * @param curve by rising concurrency
 */
public record MaxThroughput(
        Double qps,
        Integer connections,
        @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
        @JsonInclude(JsonInclude.Include.NON_NULL) String warning,
        Objective objective,
        List<CurvePoint> curve) {

    public MaxThroughput {
        curve = List.copyOf(curve);
    }

    /**
     * What a rate must hold to count.
     *
     * @param p95Micros the 95th percentile of the latency must not be above
     * @param errorPercent the share of failed requests must not be above
     */
    public record Objective(long p95Micros, double errorPercent) {
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
