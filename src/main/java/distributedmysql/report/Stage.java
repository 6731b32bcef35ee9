package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * One performance stage. Everything is about its steady state: requests that began in warm-up or ramp are
 * not counted.
 *
 * @param engine {@code routed} or {@code gatling-jdbc}
 * @param targetQps requests per second; null in the closed model
 * @param achievedQps requests that succeeded, per second
 * @param requests all, failed ones included
 * @param latencyMicros of the requests that succeeded, from the intended start, pool wait included; null if none did
 * @param poolWaitMicros the part of the latency that was spent waiting for a connection; null if nothing was recorded
 * @param byRequest null if requests were not told apart
 * @param concurrency connections in use at once; null in the open model
 * @param steadySeconds how long the steady state lasted
 * @param interrupted true if that was less than planned, because the run was interrupted; else null
 * @param generator null if it was not measured
 * @param limitedByCap null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stage(
        String name,
        String engine,
        Model model,
        Double targetQps,
        double achievedQps,
        long requests,
        List<ErrorCount> errors,
        LatencySummary latencyMicros,
        LatencySummary poolWaitMicros,
        ByRole byRole,
        List<RequestStats> byRequest,
        Integer concurrency,
        double steadySeconds,
        Boolean interrupted,
        Generator generator,
        LimitedByCap limitedByCap) {

    public Stage {
        errors = List.copyOf(errors);
        byRequest = byRequest == null ? null : List.copyOf(byRequest);
    }

    /** Whether requests arrive at a rate of their own, or each user waits for the last answer. */
    public enum Model {
        OPEN,
        CLOSED;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By the role of the server that was asked; null where no request went to that role. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ByRole(RoleStats primary, RoleStats replica) {}

    /**
     * One kind of request.
     *
     * @param errors how many of the requests failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RequestStats(String name, long requests, long errors, LatencySummary latencyMicros) {}

    /** How many requests failed. */
    public long failed() {
        return errors.stream().mapToLong(ErrorCount::count).sum();
    }
}
