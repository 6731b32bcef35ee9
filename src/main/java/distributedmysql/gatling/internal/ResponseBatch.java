package distributedmysql.gatling.internal;

import io.gatling.commons.stats.Status;
import io.gatling.core.actor.Scheduler;
import io.gatling.core.stats.StatsEngine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import scala.Option;
import scala.collection.immutable.List;
import scala.concurrent.duration.FiniteDuration;

/**
 * Collects responses and hands them to Gatling's stats engine several times a second. Each response that is handed over
 * alone wakes two threads, Gatling's data writers, which cost more than the response itself. Whatever was collected has
 * been handed over before Gatling hears that the last user has left. Thread-safe.
 */
final class ResponseBatch extends ForwardingStatsEngine {
    private static final FiniteDuration INTERVAL = FiniteDuration.apply(5, TimeUnit.MILLISECONDS);

    private final Batch<Response> collected;
    private final AtomicInteger users = new AtomicInteger();

    /** What {@link StatsEngine#logResponse} takes. */
    private record Response(
            String scenario,
            List<String> groups,
            String request,
            long startMillis,
            long endMillis,
            Status status,
            Option<String> code,
            Option<String> message) {}

    ResponseBatch(StatsEngine wrapped, Scheduler scheduler) {
        super(wrapped);
        this.collected = new Batch<>(scheduler, INTERVAL, this::handOver);
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
        collected.add(new Response(scenario, groups, requestName, start, end, status, code, message));
    }

    void userStarts() {
        users.incrementAndGet();
    }

    /** To be called when a user leaves, before Gatling is told so. */
    void userEnds() {
        if (users.decrementAndGet() == 0) {
            collected.handOver();
        }
    }

    private void handOver(Response response) {
        wrapped()
                .logResponse(
                        response.scenario,
                        response.groups,
                        response.request,
                        response.startMillis,
                        response.endMillis,
                        response.status,
                        response.code,
                        response.message);
    }
}
