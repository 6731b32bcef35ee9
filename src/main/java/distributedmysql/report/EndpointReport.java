package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.EndpointHistory;
import distributedmysql.history.JsonRule;
import distributedmysql.topology.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An endpoint in front of the servers, and who answered there. */
@JsonClassDescription("An endpoint in front of the servers, and which of them answered there.")
public record EndpointReport(
        @JsonPropertyDescription("Its name: writer or reader.")
        String name,

        @JsonPropertyDescription("The role of the servers that it is to lead to.")
        @JsonRule("enum: ['primary', 'replica']")
        String role,

        @JsonPropertyDescription("Host name or address.") String host,

        @JsonPropertyDescription("TCP port.") @JsonRule("minimum: 1, maximum: 65535")
        int port,

        @JsonPropertyDescription("How many seconds each entry of served is of.")
        long intervalSeconds,

        @JsonPropertyDescription("How many requests each server answered when, in the order of time.")
        List<Served> served,

        @JsonPropertyDescription("Writes that reached a server that could not take them.")
        List<RefusedWrites> refusedWrites,

        @JsonPropertyDescription("How it followed each change of roles.")
        List<Followed> followed,

        @JsonPropertyDescription(
                "The seconds, since the program's start, in which a server answered that was not right for it.")
        List<Long> wrongSeconds) {

    /** The longest list of a run of one hour; of longer runs it is as long. */
    private static final long MOST_INTERVALS = 3_600;

    /** What one server answered in one interval. */
    @JsonClassDescription("What one server answered in one interval.")
    public record Served(
            @JsonPropertyDescription("When the interval begins, in seconds since the program's start.")
            long second,

            @JsonPropertyDescription("The server's name.") String node,

            @JsonPropertyDescription("How many requests it answered.")
            long requests) {}

    /** Writes that one server refused because it was read-only. */
    @JsonClassDescription("Writes that one server refused because it was read-only, or not ready for writes.")
    public record RefusedWrites(
            @JsonPropertyDescription("The server's name.") String node,

            @JsonPropertyDescription("MySQL's error number.")
            int code,

            @JsonPropertyDescription("How many.") long writes) {}

    /** How an endpoint followed a change of roles. */
    @JsonClassDescription("How an endpoint followed a change of roles.")
    public record Followed(
            @JsonPropertyDescription("When the roles changed, in milliseconds since the program's start.")
            long millis,

            @JsonPropertyDescription("The servers that were right for it from then on.")
            List<String> nodes,

            @JsonPropertyDescription(
                    "Milliseconds from the change to the first success of one of them, requests must arrive for it; null if there"
                            + " was none.")
            @Nullable
            Long afterMillis,

            @JsonPropertyDescription(
                    "Milliseconds to the same from the fault before a promotion; null if there was none, or it was no promotion.")
            @Nullable
            Long afterFaultMillis) {}

    /** @param faults when faults were injected, in microseconds on the run's clock, in order */
    static EndpointReport of(Endpoint endpoint, EndpointHistory history, Duration limit, List<Long> faults) {
        long last = history.served().stream()
                .mapToLong(EndpointHistory.Served::second)
                .max()
                .orElse(0);
        long interval = 1 + last / MOST_INTERVALS;
        return new EndpointReport(
                endpoint.name(),
                endpoint.role().label(),
                endpoint.address().host(),
                endpoint.address().port(),
                interval,
                served(history, interval),
                history.refused().stream()
                        .map(refused -> new RefusedWrites(refused.node(), refused.code(), refused.writes()))
                        .toList(),
                followed(history, faults),
                history.wrongSeconds(limit.toNanos() / 1_000));
    }

    private static List<Served> served(EndpointHistory history, long interval) {
        Map<Long, Map<String, Long>> sums = new TreeMap<>();
        history.served()
                .forEach(served -> sums.computeIfAbsent(served.second() / interval * interval, any -> new TreeMap<>())
                        .merge(served.node(), served.requests(), Long::sum));
        List<Served> all = new ArrayList<>();
        sums.forEach((second, nodes) -> nodes.forEach((node, requests) -> all.add(new Served(second, node, requests))));
        return all;
    }

    private static List<Followed> followed(EndpointHistory history, List<Long> faults) {
        List<Followed> all = new ArrayList<>();
        for (int i = 1; i < history.roles().size(); i++) {
            EndpointHistory.Right now = history.roles().get(i);
            Long first = now.firstAnswerMicros();
            Long fault = now.promotion() ? lastBefore(now.sinceMicros(), faults) : null;
            all.add(new Followed(
                    now.sinceMicros() / 1_000,
                    now.nodes(),
                    first == null ? null : (first - now.sinceMicros()) / 1_000,
                    first == null || fault == null ? null : (first - fault) / 1_000));
        }
        return all;
    }

    /** Null if there is none. */
    private static Long lastBefore(long micros, List<Long> faults) {
        return faults.stream()
                .filter(at -> at <= micros)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    List<String> lines() {
        Map<String, Long> nodes = new LinkedHashMap<>();
        served.forEach(one -> nodes.merge(one.node, one.requests, Long::sum));
        List<String> lines = new ArrayList<>();
        lines.add("Endpoint " + name + ": " + times() + "; answers: "
                + nodes.entrySet().stream()
                        .map(node -> node.getKey() + " " + node.getValue())
                        .collect(Collectors.joining(", ")));
        followed.forEach(one -> lines.add("Endpoint " + name + ": " + line(one)));
        if (!refusedWrites.isEmpty()) {
            lines.add("Endpoint " + name + ": writes that reached a server that could not take them: "
                    + refusedWrites.stream()
                            .map(one -> one.node + " " + one.writes + " (error " + one.code + ")")
                            .collect(Collectors.joining(", ")));
        }
        if (!wrongSeconds.isEmpty()) {
            lines.add("Endpoint " + name + ": a wrong server answered in " + Plural.of(wrongSeconds.size(), "second")
                    + ", the first in second " + wrongSeconds.get(0));
        }
        return lines;
    }

    private static String line(Followed one) {
        String nodes = String.join(", ", one.nodes);
        if (one.afterMillis == null) {
            return "no answer of " + nodes + " since second " + one.millis / 1_000 + ", when that became right for it";
        }
        return String.format(
                Locale.ROOT,
                "first answer of %s %.2f s after the roles changed in second %d%s",
                nodes,
                one.afterMillis / 1e3,
                one.millis / 1_000,
                one.afterFaultMillis == null
                        ? ""
                        : String.format(Locale.ROOT, ", %.2f s after the fault", one.afterFaultMillis / 1e3));
    }

    /** From when to when which servers answered; a second without an answer is of the span before it. */
    private String times() {
        Map<Long, List<String>> bySecond = new TreeMap<>();
        served.forEach(one ->
                bySecond.computeIfAbsent(one.second, any -> new ArrayList<>()).add(one.node));
        List<String> spans = new ArrayList<>();
        long from = 0;
        long to = 0;
        List<String> nodes = List.of();
        for (Map.Entry<Long, List<String>> second : bySecond.entrySet()) {
            if (!second.getValue().equals(nodes)) {
                addSpan(spans, nodes, from, to);
                nodes = second.getValue();
                from = second.getKey();
            }
            to = second.getKey();
        }
        addSpan(spans, nodes, from, to);
        return spans.isEmpty() ? "nobody answered" : String.join(", ", spans);
    }

    private static void addSpan(List<String> spans, List<String> nodes, long from, long to) {
        if (!nodes.isEmpty()) {
            spans.add(String.join(" and ", nodes) + " from second " + from + " to " + to);
        }
    }
}
