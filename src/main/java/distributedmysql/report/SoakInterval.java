package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One interval of a soak, by the start of its requests. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One interval of the soak, by the start of its requests.")
public record SoakInterval(
        @JsonPropertyDescription("Its begin, from the begin of the soak, in seconds.")
        double seconds,

        @JsonPropertyDescription("Requests that succeeded, per second.")
        double qps,

        @JsonPropertyDescription("Requests that failed.") long errors,

        @JsonPropertyDescription(
                "Median latency, in microseconds, to two significant digits; absent, as p95 and p99, if no "
                        + "request succeeded.")
        Long p50,

        @JsonPropertyDescription("95th percentile of the latency, in microseconds.")
        Long p95,

        @JsonPropertyDescription("99th percentile of the latency, in microseconds.")
        Long p99) {}
