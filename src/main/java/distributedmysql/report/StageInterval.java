package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One interval of a stage's steady load, by the start of its requests. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One interval of the steady load, by the start of its requests.")
public record StageInterval(
        @JsonPropertyDescription("Its begin, from the begin of the steady load, in seconds.")
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
