package distributedmysql.gatling.internal;

import io.gatling.commons.stats.Status;
import io.gatling.core.stats.StatsEngine;
import scala.Option;
import scala.collection.immutable.List;

/** Passes everything on under another name, and keeps, for the thread that reported a failed response, the message of it. */
final class ObservedStatsEngine extends ForwardingStatsEngine {
    private final String shown;
    private final ThreadLocal<String> error = new ThreadLocal<>();

    /** @param shown what the requests are called in Gatling's report */
    ObservedStatsEngine(StatsEngine wrapped, String shown) {
        super(wrapped);
        this.shown = shown;
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
        super.logResponse(scenario, groups, shown, start, end, status, code, message);
    }

    @Override
    public void logRequestCrash(String scenario, List<String> groups, String requestName, String message) {
        error.set(message);
        super.logRequestCrash(scenario, groups, shown, message);
    }
}
