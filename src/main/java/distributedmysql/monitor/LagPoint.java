package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;

/**
 * One interval of a time series: the highest value of each way of measuring, in microseconds; null where that way had
 * no answer in the interval.
 */
@JsonClassDescription(
        "One interval of the series: the highest value in it, in microseconds; null where there was none.")
public record LagPoint(
        @JsonPropertyDescription("Beginning of the interval, in milliseconds since the probes were prepared.")
        long atMillis,

        @JsonPropertyDescription("Of the probe, in microseconds.")
        Long probe,

        @JsonPropertyDescription("Of the server's total, in microseconds.") @JsonRule("minimum: null")
        Long server,

        @JsonPropertyDescription("Of Seconds_Behind_Source, in microseconds.")
        Long secondsBehind) {}
