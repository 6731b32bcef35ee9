package distributedmysql.gatling.internal;

import io.gatling.commons.stats.Status;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.controller.Controller;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/** Passes everything on, and keeps, for the thread that reported a failed response, the message of it. */
final class ObservedStatsEngine implements StatsEngine {
    private final StatsEngine wrapped;
    private final ThreadLocal<String> error = new ThreadLocal<>();

    ObservedStatsEngine(StatsEngine wrapped) {
        this.wrapped = wrapped;
    }

    /** The message of the failed response that this thread reported since the last call; null if there was none. */
    String takeError() {
        String message = error.get();
        error.remove();
        return message;
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
        if (status.name().equals("KO")) {
            error.set(message.getOrElse(() -> ""));
        }
        wrapped.logResponse(scenario, groups, requestName, start, end, status, code, message);
    }

    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String message) {
        error.set(message);
        wrapped.logRequestCrash(scenario, groups, requestName, message);
    }

    @Override
    public void logUserStart(String scenario) {
        wrapped.logUserStart(scenario);
    }

    @Override
    public void logUserEnd(String scenario) {
        wrapped.logUserEnd(scenario);
    }

    @Override
    public void logGroupEnd(String scenario, GroupBlock group, long exit) {
        wrapped.logGroupEnd(scenario, group, exit);
    }

    @Override
    public void start() {
        wrapped.start();
    }

    @Override
    public void stop(ActorRef<Controller.Command> controller, Option<Exception> exception) {
        wrapped.stop(controller, exception);
    }
}
