package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.record.StageMeasurement;
import org.jspecify.annotations.Nullable;

/** The requests to servers of one role. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The requests to servers of one role.")
public record RoleStats(
        @JsonPropertyDescription("All requests, failed ones included.")
        long requests,

        @JsonPropertyDescription("Requests that failed.") long errors,

        @JsonPropertyDescription("Latency of the requests that succeeded; absent if none did.") @Nullable
        LatencySummary latencyMicros) {
    /** Null where no request went. */
    static RoleStats of(StageMeasurement.Requests requests) {
        return requests.count() == 0
                ? null
                : new RoleStats(requests.count(), requests.failed(), LatencySummary.of(requests.latency()));
    }
}
