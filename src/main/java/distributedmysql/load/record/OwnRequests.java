package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a simulation says about its own requests, and which of its users left early. Thread-safe. */
public final class OwnRequests {
    private final Set<String> declared = ConcurrentHashMap.newKeySet();
    private final Map<String, String> mayFail = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> left = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> marked = new ConcurrentHashMap<>();

    /** There is an SQL request of this name. */
    public void declare(String request) {
        declared.add(request);
    }

    /**
     * Requests of this name may fail.
     *
     * @throws IllegalArgumentException if name or reason is blank, or another reason was given for this name
     */
    public void mayFail(String request, String reason) {
        if (request.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "mayFail(\"" + request + "\", \"" + reason + "\"): the request's name and a reason are needed");
        }
        String other = mayFail.putIfAbsent(request, reason);
        if (other != null && !other.equals(reason)) {
            throw new IllegalArgumentException("mayFail: two reasons for requests of the name \"" + request + "\": \""
                    + other + "\" and \"" + reason + "\"; requests are judged by their name");
        }
    }

    /** A user left before the end of its scenario, marked as failed. */
    public void userLeft(String scenario) {
        left.computeIfAbsent(scenario, name -> new LongAdder()).increment();
    }

    /** A user ended marked as failed, but not by an SQL request of ours. */
    public void userMarked(String scenario) {
        marked.computeIfAbsent(scenario, name -> new LongAdder()).increment();
    }

    public FailedRequests.Simulation simulation() {
        return new FailedRequests.Simulation(
                new TreeSet<>(declared), new TreeMap<>(mayFail), counts(left), counts(marked));
    }

    private static Map<String, Long> counts(Map<String, LongAdder> users) {
        return users.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum(), Long::sum, TreeMap::new));
    }
}
