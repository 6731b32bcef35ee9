package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of one stage by name. Thread-safe and wait-free. */
final class RequestRecorders {
    /** A name may be Gatling EL, and then there may be as many as there are users. */
    private static final int MOST_NAMES = 500;

    private static final String OTHERS = "(other names)";

    private final Map<String, RequestRecorder> byName = new ConcurrentHashMap<>();

    RequestRecorder of(String name) {
        RequestRecorder known = byName.get(name);
        return known != null
                ? known
                : byName.computeIfAbsent(byName.size() < MOST_NAMES ? name : OTHERS, any -> new RequestRecorder());
    }

    /** Of {@link System#nanoTime()}; empty if none has ended. */
    OptionalLong lastEnd() {
        return byName.values().stream().mapToLong(RequestRecorder::lastEnd).max();
    }

    List<FailedRequests.Requests> all(String stage) {
        return new TreeMap<>(byName)
                .entrySet().stream()
                        .map(entry -> entry.getValue().all(stage, entry.getKey()))
                        .toList();
    }

    /** Of the requests that count; names of which none does are left out. */
    List<StageMeasurement.NamedRequests> measured() {
        return new TreeMap<>(byName)
                .entrySet().stream()
                        .map(entry -> entry.getValue().measured(entry.getKey()))
                        .filter(requests -> requests.count() > 0)
                        .toList();
    }
}
