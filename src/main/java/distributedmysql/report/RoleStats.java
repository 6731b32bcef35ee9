package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The requests to servers of one role.
 *
 * @param errors how many of the requests failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleStats(long requests, long errors, LatencySummary latencyMicros) {}
