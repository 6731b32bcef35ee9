package distributedmysql.gatling.internal;

import io.gatling.commons.stats.Status;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.controller.Controller;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/** Passes everything on. */
abstract class ForwardingStatsEngine implements StatsEngine {
    private final StatsEngine wrapped;

    ForwardingStatsEngine(StatsEngine wrapped) {
        this.wrapped = wrapped;
    }

    final StatsEngine wrapped() {
        return wrapped;
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
        wrapped.logResponse(scenario, groups, requestName, start, end, status, code, message);
    }

    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String message) {
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
