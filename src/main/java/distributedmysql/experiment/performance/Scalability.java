package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import distributedmysql.statistics.MeasuredRate;
import distributedmysql.statistics.NoFitException;
import distributedmysql.statistics.ScalabilityFit;
import distributedmysql.statistics.ScalabilityFit.Range;
import distributedmysql.statistics.ScalabilityLaw;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Universal Scalability Law, fitted to the curve of the maximum throughput. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The Universal Scalability Law fitted to maxThroughput.curve: "
        + "rate(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)) with N connections.")
@JsonRule("if: {required: ['reason']}, then: {properties: {law: false}}, else: {required: ['law']}")
public record Scalability(
        @JsonPropertyDescription("Why the curve cannot be fitted; absent if it can.") @Nullable
        String reason,

        @JsonPropertyDescription(
                "Why nothing should be concluded from the fit, because the curve is not as the law says; absent if it is.")
        @Nullable
        String poor,

        @JsonPropertyDescription("The law that is nearest to the curve; absent if none can be fitted.") @Nullable
        Law law) {

    /** The law that is nearest to the curve. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("The law that is nearest to the curve (least squares), and what it says.")
    public record Law(
            @JsonPropertyDescription("Contention: the share of the work that only one request can do at a time.")
            Parameter sigma,

            @JsonPropertyDescription(
                    "Crosstalk: what each pair of requests at once costs, because they wait for each other.")
            Parameter kappa,

            @JsonPropertyDescription("Requests per second of one connection that is alone.")
            Parameter lambda,

            @JsonPropertyDescription(
                    "The knee: connections from which on more of them carry less; absent if there is none, because there "
                            + "is no crosstalk. Where it is beyond the curve, it was not seen.")
            @Nullable
            Long kneeConnections,

            @JsonPropertyDescription("Requests per second at the knee; absent if there is none.") @Nullable
            Double kneeQps,

            @JsonPropertyDescription("Twice as many connections as the curve's most; they were not measured.")
            int twiceConnections,

            @JsonPropertyDescription("Requests per second that they would carry.")
            double twiceQps,

            @JsonPropertyDescription(
                    "Each point of the curve left out in turn, and predicted by the others: by how much the "
                            + "prediction was wrong, in percent of what was measured, on average.")
            double predictionErrorPercent,

            @JsonPropertyDescription("The same for the point that was predicted worst.")
            double worstErrorPercent,

            @JsonPropertyDescription("Connections of that point.")
            int worstConnections) {
        private static Law of(ScalabilityFit fit, int twice) {
            ScalabilityLaw law = fit.law();
            Long knee = law.knee().isPresent() ? law.knee().getAsLong() : null;
            return new Law(
                    Parameter.of(law.sigma(), fit.sigma().orElse(null)),
                    Parameter.of(law.kappa(), fit.kappa().orElse(null)),
                    Parameter.of(law.lambda(), fit.lambda()),
                    knee,
                    knee == null ? null : law.rate(knee),
                    twice,
                    law.rate(twice),
                    100 * fit.predictionError(),
                    100 * fit.worst().error(),
                    (int) fit.worst().point().users());
        }

        /** Requests per second of so many connections. */
        double rate(double connections) {
            return new ScalabilityLaw(sigma.value, kappa.value, lambda.value).rate(connections);
        }
    }

    /** A parameter of the law. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("A parameter of the law with its 95 % confidence interval.")
    public record Parameter(
            @JsonPropertyDescription("The parameter.") double value,

            @JsonPropertyDescription(
                    "Lower end of the interval; absent, as the upper one, for a parameter that is 0 because the nearest "
                            + "law has it below, which has no meaning.")
            @JsonRule("minimum: null")
            @Nullable
            Double low,

            @JsonPropertyDescription("Upper end of the interval.") @JsonRule("minimum: null") @Nullable
            Double high) {
        private static Parameter of(double value, @Nullable Range range) {
            return new Parameter(value, range == null ? null : range.low(), range == null ? null : range.high());
        }
    }

    static Scalability of(MaxThroughput max) {
        List<CurvePoint> curve = max.curve();
        if (curve.stream().anyMatch(point -> point.limitedBy() != null)) {
            return new Scalability(max.reason(), null, null);
        }
        try {
            ScalabilityFit fit = ScalabilityFit.of(curve.stream()
                    .map(point -> new MeasuredRate(point.concurrency(), point.qps()))
                    .toList());
            Law law = Law.of(fit, 2 * curve.get(curve.size() - 1).concurrency());
            return new Scalability(null, fit.isPoor() ? poor(law) : null, law);
        } catch (NoFitException e) {
            return new Scalability(e.getMessage(), null, null);
        }
    }

    private static String poor(Law law) {
        return String.format(
                Locale.ROOT,
                "points left out are %.0f %% off on average, %.0f %% with %s",
                law.predictionErrorPercent,
                law.worstErrorPercent,
                Plural.of(law.worstConnections, "connection"));
    }

    /** Its line of the console. */
    String line() {
        if (law == null) {
            return "  scalability: cannot be fitted: " + reason;
        }
        if (poor != null) {
            return "  scalability: a poor fit: " + poor;
        }
        return String.format(
                Locale.ROOT,
                "  scalability: %s; %,.0f requests/s expected with %d (prediction error %.1f %%)",
                knee(),
                law.twiceQps,
                law.twiceConnections,
                law.predictionErrorPercent);
    }

    private String knee() {
        if (law.kneeConnections == null) {
            return "no knee";
        }
        boolean measured = law.kneeConnections <= law.twiceConnections / 2;
        return "knee at " + Plural.of(law.kneeConnections, "connection") + (measured ? "" : ", not measured");
    }
}
