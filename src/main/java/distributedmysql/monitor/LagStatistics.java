package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;

/**
 * Microseconds over all samples. The percentiles have three significant digits. Without samples all figures are null:
 * no figure is not zero.
 */
@JsonClassDescription("A distribution in microseconds; the five figures are null without samples. Negative only "
        + "where a figure of the server compares two hosts' clocks.")
public record LagStatistics(
        @JsonPropertyDescription("Mean, in microseconds.") @JsonRule("minimum: null")
        Long avg,

        @JsonPropertyDescription("Median, in microseconds.") @JsonRule("minimum: null")
        Long p50,

        @JsonPropertyDescription("95th percentile, in microseconds.") @JsonRule("minimum: null")
        Long p95,

        @JsonPropertyDescription("99th percentile, in microseconds.") @JsonRule("minimum: null")
        Long p99,

        @JsonPropertyDescription("Greatest, in microseconds.") @JsonRule("minimum: null")
        Long max,

        @JsonPropertyDescription("Readings that gave a value.")
        long samples,

        @JsonPropertyDescription("Readings that gave none, and those that were due and could not be taken.")
        long missing) {}
