package distributedmysql.gatling.internal;

import distributedmysql.load.SqlFailure;
import distributedmysql.load.record.StageRecorders;
import io.gatling.commons.stats.Status;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/**
 * Records what actions that are not ours report to Gatling: requests of plugins and of Gatling's own protocols, and what could
 * not even be made, for instance because a session function threw. Thread-safe.
 */
final class RecordingStatsEngine extends ForwardingStatsEngine {
    private final StageRecorders recorders;
    private final PluginFailures failures;
    private final boolean own;
    private final String scenario;
    private final ThreadLocal<String> crash = new ThreadLocal<>();

    /** @param own whether the scenario has no stage that was planned for it */
    RecordingStatsEngine(
            StatsEngine wrapped, StageRecorders recorders, PluginFailures failures, boolean own, String scenario) {
        super(wrapped);
        this.recorders = recorders;
        this.failures = failures;
        this.own = own;
        this.scenario = scenario;
    }

    boolean isOwn() {
        return own;
    }

    /** How Gatling's report names a request: those of our stages by their stage, so that unlike ones do not share a curve. */
    String shown(String request) {
        return own ? request : scenario + ": " + request;
    }

    @Override
    public void logResponse(
            String scenario,
            List<String> groups,
            String requestName,
            long start,
            long end,
            Status status,
            Option<String> code,
            Option<String> message) {
        String failed = status.name().equals("KO") ? message.getOrElse(() -> "") : null;
        String crashed = crash.get();
        crash.remove();
        // The gatling-jdbc plugin (0.14.1) reports a request that it could not make as a crash, and then as failed.
        if (failed == null || !failed.equals(crashed)) {
            record(scenario, requestName, end - start, failed == null ? null : failure(failed));
        }
        super.logResponse(scenario, groups, requestName, start, end, status, code, message);
    }

    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String message) {
        crash.set(message);
        crashed(scenario, requestName, message);
        super.logRequestCrash(scenario, groups, requestName, message);
    }

    /** Something of the simulation threw that is no request to a server. */
    void crashed(String scenario, String requestName, String message) {
        record(scenario, requestName, 0, SqlFailure.crash(message));
    }

    /** A step threw that is neither a scenario nor a stage. */
    void stepCrashed(String step, String message) {
        recorders.stepFailed(step, SqlFailure.crash(message));
    }

    private SqlFailure failure(String message) {
        return failures.seen(message).orElseGet(() -> SqlFailure.other(message));
    }

    private void record(String scenario, String request, long millis, SqlFailure failure) {
        recorders.of(scenario).responded(request, Math.max(0, millis), failure);
    }
}
