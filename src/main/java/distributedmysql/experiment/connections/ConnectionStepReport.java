package distributedmysql.experiment.connections;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.StepMeasurement;
import distributedmysql.report.ErrorCount;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.LimitedByCap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of the connection pool test. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One number of connections.")
public record ConnectionStepReport(
        @JsonPropertyDescription("Connections that were asked for, and users of them.") @JsonRule("minimum: 1")
        int connections,

        @JsonPropertyDescription("Connections that were open when the load began.")
        int opened,

        @JsonPropertyDescription("Requests that succeeded, per second.")
        double qps,

        @JsonPropertyDescription(
                "How long it took to open a connection, one after the other; absent if none was opened.")
        @Nullable
        LatencySummary connectMicros,

        @JsonPropertyDescription(
                "Latency of the requests that succeeded, with the wait for a pooled connection; absent if "
                        + "none did.")
        @Nullable
        LatencySummary latencyMicros,

        @JsonPropertyDescription("The part of the latency that was spent waiting for a pooled connection; absent if no "
                + "request succeeded.")
        @Nullable
        LatencySummary poolWaitMicros,

        @JsonPropertyDescription(
                "Failed attempts to open a connection, by SQLState and vendor code; 1040 is the server's limit.")
        List<ErrorCount> connectErrors,

        @JsonPropertyDescription("Failed requests, by SQLState and vendor code.")
        List<ErrorCount> errors,

        @JsonPropertyDescription(
                "external.max-rate limited what was measured: at least one request in a hundred waited for "
                        + "it, so the figures say less about the servers than about the cap. Absent if it did not.")
        @Nullable
        LimitedByCap limitedByCap) {

    public static ConnectionStepReport of(StepMeasurement step) {
        return new ConnectionStepReport(
                step.connections(),
                step.opened(),
                Math.round(step.qps() * 100) / 100.0,
                LatencySummary.of(step.connect()),
                LatencySummary.of(step.latency()),
                LatencySummary.of(step.poolWait()),
                ErrorCount.summaries(step.refusals()),
                ErrorCount.summaries(step.failures()),
                LimitedByCap.of(step.cap()));
    }

    /** What the checks need. */
    public ConnectionSteps.Step step() {
        long refused = connectErrors.stream()
                .filter(error -> error.code() == ConnectionSteps.TOO_MANY_CONNECTIONS)
                .mapToLong(ErrorCount::count)
                .sum();
        long otherRefusals = connectErrors.stream().mapToLong(ErrorCount::count).sum() - refused;
        // Where the limit is met, users may wait for a connection in vain.
        long ofCap = errors.stream()
                .filter(ErrorCount::isOfCap)
                .mapToLong(ErrorCount::count)
                .sum();
        long otherFailures = errors.stream()
                .filter(error -> !error.isOfCap())
                .filter(error -> refused == 0 || !isForWantOfAConnection(error))
                .mapToLong(ErrorCount::count)
                .sum();
        return new ConnectionSteps.Step(
                connections,
                opened,
                refused,
                otherRefusals + otherFailures,
                ofCap,
                qps,
                limitedByCap == null ? "" : limitedByCap.reason());
    }

    private static boolean isForWantOfAConnection(ErrorCount error) {
        return error.code() == ConnectionSteps.TOO_MANY_CONNECTIONS
                || error.sqlState().equals(SqlFailure.POOL_TIMEOUT);
    }
}
