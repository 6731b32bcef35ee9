package distributedmysql.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.report.Metric;
import org.jspecify.annotations.Nullable;

/**
 * One metric of old and new runs.
 *
 * @param before geometric mean of the old runs' values
 * @param after geometric mean of the new runs' values
 * @param changePercent of the new ones, in percent of the old ones
 * @param lowPercent lower end of the confidence interval of the change; it holds 0 where no difference was seen. Null, as all that
 *     follows, without an interval
 * @param smallestPercent the smallest rise that these data would have shown, in four of five cases
 * @param basis what the interval is of
 * @param reason why there is no interval; null if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MetricComparison(
        String name,
        String unit,
        Metric.Better better,
        double before,
        double after,
        double changePercent,
        @Nullable Double lowPercent,
        @Nullable Double highPercent,
        @Nullable Double probability,
        @Nullable Double smallestPercent,
        @Nullable Basis basis,
        Finding finding,
        @Nullable String reason) {

    /** What varies, so that an interval can be computed. */
    enum Basis {
        /** From run to run. */
        RUNS("runs"),
        /** From time to time within the one run of each side. */
        WITHIN_RUNS("within one run each");

        private final String label;

        Basis(String label) {
            this.label = label;
        }

        @JsonValue
        String label() {
            return label;
        }
    }

    /** What became of a metric. */
    enum Finding {
        WORSE("worse"),
        BETTER("better"),
        NO_DIFFERENCE("no difference seen"),
        NOT_KNOWN("not known");

        private final String label;

        Finding(String label) {
            this.label = label;
        }

        @JsonValue
        String label() {
            return label;
        }
    }
}
