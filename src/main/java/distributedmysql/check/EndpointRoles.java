package distributedmysql.check;

import distributedmysql.config.Plural;
import distributedmysql.history.EndpointHistory;
import distributedmysql.history.EndpointHistory.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether each endpoint led to servers of its role: the writer to the primary, the reader to replicas. */
public final class EndpointRoles {
    public static final String NAME = "endpoint roles";

    public static final Meaning MEANING = new Meaning(
            "An endpoint led to a server of another role for longer than it may, or a server that was not the primary"
                    + " acknowledged a write: applications behind such a router read and write in the wrong place.",
            "Nothing was answered through the endpoints, or too many answers of wrong servers to keep them all.",
            "Look at the endpoint in endpoints of the JSON summary (followed, wrongSeconds, refusedWrites), and at the router's"
                    + " role check and whether it cuts the sessions of a server that changes its role.");

    /**
     * A group names its new primary a moment before the former one has become read-only, when it is told to switch
     * (https://dev.mysql.com/doc/refman/8.0/en/group-replication-changing-primary-member.html): what that acknowledges meanwhile is
     * the group's, and no fault of an endpoint.
     */
    private static final long SWITCHING_MICROS = 200_000;

    private EndpointRoles() {}

    /** @param limit how long an endpoint may lead to a server that has ceased to be right for it */
    public static CheckResult check(List<EndpointHistory> endpoints, Duration limit) {
        long limitMicros = limit.toNanos() / 1_000;
        List<String> invalid = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (EndpointHistory endpoint : endpoints) {
            List<Answer> wrong = endpoint.wrong(limitMicros);
            acknowledged(endpoint, wrong, invalid);
            tooLong(endpoint, wrong, limitMicros, invalid);
            if (endpoint.notKept() > 0) {
                unknown.add(endpoint.name() + ": " + Plural.of(endpoint.notKept(), "answer")
                        + " of a server that was not right could not be kept");
            }
        }
        if (endpoints.stream().allMatch(endpoint -> endpoint.requests() == 0)) {
            unknown.add("nothing was answered");
        }
        String figures = endpoints.stream()
                .map(endpoint -> figures(endpoint, limitMicros))
                .collect(Collectors.joining("; "));
        return Evidence.judge(NAME, String.join("; ", invalid), String.join("; ", unknown), figures);
    }

    private static void acknowledged(EndpointHistory endpoint, List<Answer> wrong, List<String> invalid) {
        List<Answer> writes = wrong.stream()
                .filter(Answer::acknowledges)
                .filter(write -> !endpoint.wasRightJustBefore(write, SWITCHING_MICROS))
                .toList();
        if (!writes.isEmpty()) {
            Answer first = writes.get(0);
            invalid.add(endpoint.name() + ": " + Plural.of(writes.size(), "write")
                    + " acknowledged by a server that was not the primary, the first by " + first.node() + " in second "
                    + first.toMicros() / 1_000_000);
        }
    }

    private static void tooLong(EndpointHistory endpoint, List<Answer> wrong, long limitMicros, List<String> invalid) {
        wrong.stream()
                .filter(answer -> endpoint.wrongForMicros(answer) > limitMicros)
                .findFirst()
                .ifPresent(answer -> invalid.add(String.format(
                        Locale.ROOT,
                        "%s: led to %s in second %d, which had not been right for it for %.1f s (at most %.1f s)",
                        endpoint.name(),
                        answer.node(),
                        answer.toMicros() / 1_000_000,
                        endpoint.wrongForMicros(answer) / 1e6,
                        limitMicros / 1e6)));
    }

    private static String figures(EndpointHistory endpoint, long limitMicros) {
        long refused = endpoint.refused().stream()
                .mapToLong(EndpointHistory.Refused::writes)
                .sum();
        return endpoint.name() + ": " + Plural.of(endpoint.requests(), "answer") + ", "
                + endpoint.wrong(limitMicros).size() + " of a wrong server"
                + (refused == 0 ? "" : ", " + Plural.of(refused, "write") + " refused as read-only");
    }
}
