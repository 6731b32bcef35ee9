package distributedmysql.gatling.internal;

import io.gatling.commons.stats.Status;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/** Passes everything on, and keeps, for the thread that reported a failed response, the message of it. */
final class ObservedStatsEngine extends ForwardingStatsEngine {
    private final ThreadLocal<String> error = new ThreadLocal<>();

    ObservedStatsEngine(StatsEngine wrapped) {
        super(wrapped);
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
        super.logResponse(scenario, groups, requestName, start, end, status, code, message);
    }

    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String message) {
        error.set(message);
        super.logRequestCrash(scenario, groups, requestName, message);
    }
}
