package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;

/** An interval of probabilities. */
@JsonClassDescription("An interval of probabilities.")
public record Interval(
        @JsonPropertyDescription("Lower end.") @JsonRule("maximum: 1")
        double low,

        @JsonPropertyDescription("Upper end.") @JsonRule("maximum: 1")
        double high) {
    /** The 97.5th percentile of the normal distribution: 95 % lie between it and its negative. */
    private static final double Z = 1.959963984540054;

    /**
     * The 95 % confidence interval of a proportion after E. B. Wilson, "Probable Inference, the Law of Succession, and
     * Statistical Inference", JASA 22 (1927): unlike the usual approximation it holds where all samples agree.
     *
     * @throws IllegalArgumentException if there are no samples
     */
    public static Interval wilson(long hits, long samples) {
        if (samples < 1 || hits < 0 || hits > samples) {
            throw new IllegalArgumentException(hits + " of " + samples);
        }
        double p = (double) hits / samples;
        double z2 = Z * Z / samples;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(p * (1 - p) / samples + z2 / (4 * samples)) / (1 + z2);
        return new Interval(hits == 0 ? 0 : centre - half, hits == samples ? 1 : centre + half);
    }
}
