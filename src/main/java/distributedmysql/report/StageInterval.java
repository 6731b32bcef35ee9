package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.record.IntervalRecorder;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

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
                "Median latency, in microseconds, to two significant digits, of stages to one; absent, as p95 and p99, if no "
                        + "request succeeded.")
        Long p50,

        @JsonPropertyDescription("95th percentile of the latency, in microseconds.")
        Long p95,

        @JsonPropertyDescription("99th percentile of the latency, in microseconds.")
        Long p99) {
    /** Null if there is none. */
    static @Nullable List<StageInterval> all(List<IntervalRecorder.Interval> intervals) {
        return intervals.isEmpty()
                ? null
                : intervals.stream().map(StageInterval::of).toList();
    }

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
