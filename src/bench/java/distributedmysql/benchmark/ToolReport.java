package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a generator says itself about the measured window.
 *
 * @param requestsPerSecond that succeeded
 * @param failed requests
 * @param latencyMicros of the requests that succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ToolReport(double requestsPerSecond, long failed, Latencies latencyMicros) {}
