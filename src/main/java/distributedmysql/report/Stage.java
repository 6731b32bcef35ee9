package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.check.PerformanceErrors;
import java.util.List;
import java.util.Locale;

/**
 * One performance stage. Everything is about its steady state: requests that began in warm-up or ramp are
 * not counted.
 *
 * @param engine {@code routed} or {@code gatling-jdbc}; {@code gatling} where other actions than ours sent some, which
 *     Gatling times, in milliseconds
 * @param targetQps requests per second; null in the closed model, and for a scenario of the user's
 * @param achievedQps requests that succeeded, per second
 * @param requests all, failed ones included
 * @param latencyMicros of the requests that succeeded, from the intended start, pool wait included; null if none did
 * @param poolWaitMicros the part of the latency that was spent waiting for a connection; null if nothing was recorded
 * @param byRequest by the requests' names
 * @param concurrency connections in use at once; null in the open model, and for a scenario of the user's
 * @param steadySeconds how long the steady state lasted; of a scenario of the user's, from its first request's start to its last
 *     one's end, at least 1
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
        byRequest = List.copyOf(byRequest);
    }

    /** Whether it is a scenario of the user's without a plan of ours. */
    @JsonIgnore
    public boolean isOwn() {
        return targetQps == null && concurrency == null;
    }

    /** Null, and absent from the JSON summary, if it is not. */
    @JsonProperty
    Boolean own() {
        return isOwn() ? true : null;
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
     * The requests of one name.
     *
     * @param requests all, failed ones included
     * @param errors how many of the requests failed
     * @param achievedQps requests that succeeded, per second
     * @param latencyMicros of the requests that succeeded, to 1 %; null if none did
     * @param errorCounts those that failed, by kind, with the first message of each as it came
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RequestStats(
            String name,
            long requests,
            long errors,
            double achievedQps,
            LatencySummary latencyMicros,
            List<ErrorCount> errorCounts) {
        public RequestStats {
            errorCounts = List.copyOf(errorCounts);
        }
    }

    /** How many requests failed. */
    public long failed() {
        return errors.stream().mapToLong(ErrorCount::count).sum();
    }

    /** Those of the failed requests that had no connection in time because of {@code external.max-rate}. */
    long failedOfCap() {
        return errors.stream()
                .filter(ErrorCount::isOfCap)
                .mapToLong(ErrorCount::count)
                .sum();
    }

    /** The requests of all these stages. */
    public static PerformanceErrors.Requests requests(List<Stage> stages) {
        return new PerformanceErrors.Requests(
                stages.stream().mapToLong(Stage::requests).sum(),
                stages.stream().mapToLong(Stage::failed).sum(),
                stages.stream().mapToLong(Stage::failedOfCap).sum());
    }
}
