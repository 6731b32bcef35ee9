package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One interval of a soak, by the start of its requests.
 *
 * @param seconds its begin, from the begin of the soak
 * @param qps requests that succeeded, per second
 * @param errors requests that failed
 * @param p50 median latency in microseconds; null, as p95 and p99, if no request succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SoakInterval(double seconds, double qps, long errors, Long p50, Long p95, Long p99) {}
