package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.history.JsonRule;
import distributedmysql.load.record.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A figure by which runs are compared. Its name is the same in every run that measures it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A figure by which runs are compared.")
public record Metric(
        @JsonPropertyDescription("Its name, the same in every run, and of one metric in each.")
        String name,

        @JsonPropertyDescription("Unit of the value.") String unit,

        @JsonPropertyDescription("Which of two values is the better one.")
        Better better,

        @JsonPropertyDescription("The figure of the run.") double value,

        @JsonPropertyDescription(
                "The same of each interval of the run, in the order of time; value is their mean. Absent if it was not "
                        + "measured over time.")
        @JsonRule("minItems: 2")
        @Nullable
        List<Double> series) {

    /** Which of two values is the better one. */
    public enum Better {
        HIGHER,
        LOWER;

        /** As reported, for instance {@code higher}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A latency or another time, in microseconds. */
    public static Metric micros(String name, long micros) {
        return lower(name, "ms", micros / 1e3);
    }

    /** A time or another figure, which is better if it is lower. */
    public static Metric lower(String name, String unit, double value) {
        return new Metric(name, unit, Better.LOWER, value, null);
    }

    /** Requests per second, which are better if they are more. */
    public static Metric perSecond(String name, double rate) {
        return new Metric(name, "/s", Better.HIGHER, rate, null);
    }

    /** A time in microseconds that was measured interval by interval; none if there are fewer than two of them. */
    public static Stream<Metric> overTime(String name, Stream<Long> micros) {
        List<Double> series = micros.map(each -> each / 1e3).toList();
        return series.size() < 2
                ? Stream.empty()
                : Stream.of(new Metric(
                        name,
                        "ms",
                        Better.LOWER,
                        series.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                        series));
    }

    /**
     * Those of a stage: of an open load what requests cost, because their rate is given; of a closed one the rate, too. None of
     * a stage that was cut short or limited by the cap.
     */
    static List<Metric> of(Stage stage) {
        List<Metric> metrics = new ArrayList<>();
        LatencySummary latency = stage.latencyMicros();
        if (latency == null || stage.interrupted() != null || stage.limitedByCap() != null) {
            return metrics;
        }
        if (stage.model() == StagePlan.Model.CLOSED) {
            metrics.add(perSecond(stage.name() + ": rate", stage.achievedQps()));
        }
        metrics.add(micros(stage.name() + ": p50", latency.p50()));
        metrics.add(micros(stage.name() + ": p95", latency.p95()));
        metrics.add(micros(stage.name() + ": p99", latency.p99()));
        return metrics;
    }
}
