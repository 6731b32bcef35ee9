package distributedmysql.experiment.connections;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.connection.SqlFailure;
import distributedmysql.connection.StepMeasurement;
import distributedmysql.report.ErrorCount;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.LimitedByCap;
import java.util.List;

/**
 * One step of the connection pool test.
 *
 * @param connections that were asked for, and users of them
 * @param opened connections that were open when the load began
 * @param qps requests that succeeded, per second
 * @param connectMicros how long it took to open a connection, one after the other; null if none was opened
 * @param latencyMicros of the requests that succeeded, pool wait included; null if none did
 * @param poolWaitMicros the part of the latency that was spent waiting for a connection; null if none succeeded
 * @param connectErrors failed attempts to connect
 * @param errors failed requests
 * @param limitedByCap null if it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionStepReport(
        int connections,
        int opened,
        double qps,
        LatencySummary connectMicros,
        LatencySummary latencyMicros,
        LatencySummary poolWaitMicros,
        List<ErrorCount> connectErrors,
        List<ErrorCount> errors,
        LimitedByCap limitedByCap) {

    public static ConnectionStepReport of(StepMeasurement step) {
        return new ConnectionStepReport(
                step.connections(),
                step.opened(),
                Math.round(step.qps() * 100) / 100.0,
                LatencySummary.of(step.connect()),
                LatencySummary.of(step.latency()),
                LatencySummary.of(step.poolWait()),
                counts(step.refusals()),
                counts(step.failures()),
                LimitedByCap.of(step.cap()));
    }

    private static List<ErrorCount> counts(List<StepMeasurement.Failures> failures) {
        return failures.stream()
                .map(failure -> new ErrorCount(
                        failure.first().sqlState(),
                        failure.first().code(),
                        failure.count(),
                        failure.first().summary()))
                .toList();
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
