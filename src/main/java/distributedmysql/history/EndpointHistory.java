package distributedmysql.history;

import java.util.List;
import java.util.TreeSet;

/**
 * What was answered through one endpoint, and by which servers. Times are microseconds on the run's clock, and seconds are whole
 * ones of it.
 *
 * @param name for instance {@code writer}
 * @param roles which servers were right for it, from when on; in the order of time
 * @param served by second and server
 * @param refused writes that reached a server that could not take them
 * @param suspects answers of servers that were not right when they came; mostly none
 * @param notKept how many more of these there were
 */
public record EndpointHistory(
        String name,
        List<Right> roles,
        List<Served> served,
        List<Refused> refused,
        List<Answer> suspects,
        long notKept) {

    /**
     * @param promotion whether it began with another server becoming the primary
     * @param nodes those that are right for the endpoint
     * @param firstAnswerMicros the end of the first answer that one of these gave after that; null if there was none
     */
    public record Right(long sinceMicros, boolean promotion, List<String> nodes, Long firstAnswerMicros) {
        /** The same; if there was no answer yet, with this one. */
        public Right or(Long later) {
            return firstAnswerMicros == null ? new Right(sinceMicros, promotion, nodes, later) : this;
        }
    }

    /** How many requests a server answered in a second. */
    public record Served(long second, String node, long requests) {}

    /** @param code the server's error number */
    public record Refused(String node, int code, long writes) {}

    /**
     * @param write whether it was to change anything
     * @param code the server's error number; 0 if it was a success
     */
    public record Answer(String node, long fromMicros, long toMicros, boolean write, int code) {
        /** Whether a write is acknowledged by it. */
        public boolean acknowledges() {
            return write && code == 0;
        }
    }

    public EndpointHistory {
        roles = List.copyOf(roles);
        served = List.copyOf(served);
        refused = List.copyOf(refused);
        suspects = List.copyOf(suspects);
    }

    /** How many requests were answered. */
    public long requests() {
        return served.stream().mapToLong(Served::requests).sum();
    }

    /**
     * The suspects that were of a wrong server. Roles become known a little after a server has taken them, so one that is right
     * soon after its answer counts as right.
     *
     * @param graceMicros how much later that may be
     */
    public List<Answer> wrong(long graceMicros) {
        return suspects.stream()
                .filter(answer -> !wasRight(answer, graceMicros))
                .toList();
    }

    /** The seconds in which there was an answer of a wrong server, in order. */
    public List<Long> wrongSeconds(long graceMicros) {
        TreeSet<Long> seconds = new TreeSet<>();
        wrong(graceMicros).forEach(answer -> seconds.add(answer.toMicros() / 1_000_000));
        return List.copyOf(seconds);
    }

    private boolean wasRight(Answer answer, long graceMicros) {
        for (int i = 0; i < roles.size(); i++) {
            boolean during = roles.get(i).sinceMicros <= answer.toMicros + graceMicros && end(i) >= answer.fromMicros;
            if (during && roles.get(i).nodes.contains(answer.node)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the server had ceased to be right no longer than this before the request was sent. */
    public boolean wasRightJustBefore(Answer answer, long micros) {
        for (int i = 0; i < roles.size(); i++) {
            boolean justBefore = end(i) <= answer.fromMicros && answer.fromMicros - end(i) <= micros;
            if (justBefore && roles.get(i).nodes.contains(answer.node)) {
                return true;
            }
        }
        return false;
    }

    /** For how long the server had not been right any more when it answered; if it never was, since its first such answer. */
    public long wrongForMicros(Answer answer) {
        long since = -1;
        for (int i = 0; i < roles.size() && end(i) <= answer.toMicros; i++) {
            if (roles.get(i).nodes.contains(answer.node)) {
                since = end(i);
            }
        }
        return answer.toMicros - (since >= 0 ? since : firstSuspected(answer.node));
    }

    private long firstSuspected(String node) {
        return suspects.stream()
                .filter(answer -> answer.node.equals(node))
                .mapToLong(Answer::toMicros)
                .min()
                .orElseThrow();
    }

    private long end(int role) {
        return role + 1 < roles.size() ? roles.get(role + 1).sinceMicros : Long.MAX_VALUE;
    }
}
