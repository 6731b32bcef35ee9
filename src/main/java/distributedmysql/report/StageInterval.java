package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.record.IntervalRecorder;
import org.HdrHistogram.AbstractHistogram;

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
        Long p99) {
    /** @param interval must not be recorded to meanwhile */
    public static StageInterval of(IntervalRecorder.Interval interval) {
        AbstractHistogram latency = interval.latency();
        boolean any = latency.getTotalCount() > 0;
        return new StageInterval(
                interval.seconds(),
                interval.qps(),
                interval.failed(),
                any ? latency.getValueAtPercentile(50) : null,
                any ? latency.getValueAtPercentile(95) : null,
                any ? latency.getValueAtPercentile(99) : null);
    }
}
