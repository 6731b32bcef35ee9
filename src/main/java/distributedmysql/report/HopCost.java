package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What a request pays for the way through an endpoint. */
@JsonClassDescription(
        "What a request pays for the way through the writer endpoint: the same point reads of the primary, in turn "
                + "directly and through it, on one connection each, before any load.")
public record HopCost(
        @JsonPropertyDescription("Directly to the primary, in microseconds.")
        LatencySummary directMicros,

        @JsonPropertyDescription("Through the endpoint, in microseconds.")
        LatencySummary throughMicros,

        @JsonRule("\"minimum\": null")
        @JsonPropertyDescription(
                "By how much the median is greater through the endpoint, in microseconds; less than 0 if it was faster by chance.")
        long p50Micros,

        @JsonRule("\"minimum\": null")
        @JsonPropertyDescription(
                "By how much the 99th percentile is greater through the endpoint, in microseconds; less than 0 if it was faster by chance.")
        long p99Micros) {

    /** Of values in microseconds; none may be empty. */
    public static HopCost of(Histogram direct, Histogram through) {
        return new HopCost(
                LatencySummary.of(direct),
                LatencySummary.of(through),
                through.getValueAtPercentile(50) - direct.getValueAtPercentile(50),
                through.getValueAtPercentile(99) - direct.getValueAtPercentile(99));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "Router: a point read takes %+.3f ms at p50 (%.3f direct, %.3f through), %+.3f ms at p99",
                p50Micros / 1e3,
                directMicros.p50() / 1e3,
                throughMicros.p50() / 1e3,
                p99Micros / 1e3);
    }
}
