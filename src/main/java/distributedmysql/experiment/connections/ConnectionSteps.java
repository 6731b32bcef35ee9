package distributedmysql.experiment.connections;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What steps of rising numbers of connections to one server say about it. */
public final class ConnectionSteps {
    public static final String NAME = "connection steps";
    static final Meaning MEANING = new Meaning(
            "With more connections, requests failed for another reason than that the server was full.",
            "No step was run to its end.",
            "Look at the errors of the step in connections.steps, and compare max_connections with what the"
                    + " clients need.");

    public static final String AFTER = "connections after the steps";

    static final Meaning AFTER_MEANING = new Meaning(
            "Connections of the steps stayed open, or the server does not answer new ones.",
            "The steps were not run, so none can have been left over.",
            "Look at SHOW PROCESSLIST on the primary, and at wait_timeout and what stands between.");

    /** ER_CON_COUNT_ERROR, "Too many connections" (MySQL manual, "Server Error Message Reference"). */
    public static final int TOO_MANY_CONNECTIONS = 1040;

    /** The share of the best throughput from which on more connections are not worth their memory. */
    private static final double ENOUGH = 0.95;

    private ConnectionSteps() {}

    /**
     * One step.
     *
     * @param connections that were asked for
     * @param opened that were open when the load ran
     * @param refused attempts to connect that ended with error 1040
     * @param otherErrors other failed attempts to connect, and failed requests that did not fail for want of a
     *     connection
     * @param ofCap requests that had no connection in time because of {@code external.max-rate}
     * @param qps requests that succeeded, per second
     * @param limitedBy what else than the server limited these; empty if nothing did
     */
    public record Step(
            int connections, int opened, long refused, long otherErrors, long ofCap, double qps, String limitedBy) {
        boolean isLimited() {
            return !limitedBy.isEmpty();
        }
    }

    /**
     * The server before the first step.
     *
     * @param max its {@code max_connections}
     * @param used its {@code Threads_connected}
     */
    public record Limit(long max, long used) {
        boolean has(int connections) {
            return used + connections <= max;
        }
    }

    /**
     * The server after the last step.
     *
     * @param connected its {@code Threads_connected}, in which others count too
     * @param leftOver sessions of the steps that it still had when it had been waited for
     * @param answered whether it answered a statement of the load on a new connection
     */
    public record After(long connected, int leftOver, boolean answered) {}

    /**
     * @param connections null if no step could tell
     * @param reason how it was found, in one line
     */
    public record Recommendation(Integer connections, String reason) {}

    /** The first step that the server did not grant all its connections, by error 1040. */
    public static Optional<Step> limitMet(List<Step> steps) {
        return steps.stream().filter(step -> step.refused > 0).findFirst();
    }

    /** The fewest connections with nearly the best throughput, of the steps that got all their connections. */
    public static Recommendation recommend(List<Step> steps) {
        List<Step> granted = steps.stream()
                .filter(step -> step.refused == 0 && step.otherErrors == 0 && step.ofCap == 0 && step.qps > 0)
                .toList();
        if (granted.isEmpty()) {
            return new Recommendation(null, "no step got all its connections and answered without an error");
        }
        Optional<Step> limited = granted.stream().filter(Step::isLimited).findFirst();
        if (limited.isPresent()) {
            return new Recommendation(
                    null,
                    limited.get().limitedBy + " from " + Plural.of(limited.get().connections, "connection")
                            + " on: how many are worth having is not known");
        }
        double best = granted.stream().mapToDouble(Step::qps).max().orElseThrow();
        Step enough = granted.stream()
                .filter(step -> step.qps >= ENOUGH * best)
                .findFirst()
                .orElseThrow();
        Step last = granted.get(granted.size() - 1);
        String reason = String.format(
                Locale.ROOT,
                "%d reach %,.0f requests/s, %.0f %% of the best of all steps (%,.0f)",
                enough.connections,
                enough.qps,
                100 * enough.qps / best,
                best);
        String open = enough.connections == last.connections
                ? "; no step with more could tell, so more may be better still"
                : "; more do not raise it by more than " + Math.round(100 * (1 / ENOUGH - 1)) + " %";
        return new Recommendation(enough.connections, reason + open);
    }

    /**
     * INVALID if a step was refused connections that the server had, opened fewer without being refused, had
     * another error, or answered nothing; UNKNOWN if only {@code external.max-rate} kept requests or connections waiting.
     */
    public static CheckResult check(List<Step> steps, Limit limit) {
        if (steps.isEmpty()) {
            return CheckResult.unknown(NAME, "no step was run");
        }
        String wrong = steps.stream()
                .map(step -> fault(step, limit))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        String figures = "max_connections " + limit.max + ", " + limit.used + " in use before; "
                + limitMet(steps)
                        .map(step -> "the limit is met at the step of " + step.connections + " with " + step.opened
                                + " open, error " + TOO_MANY_CONNECTIONS + " " + Plural.of(step.refused, "time"))
                        .orElse("the limit is not met with "
                                + Plural.of(steps.get(steps.size() - 1).connections, "connection"))
                + steps.stream()
                        .filter(Step::isLimited)
                        .findFirst()
                        .map(step -> "; " + step.limitedBy)
                        .orElse("");
        String capped = steps.stream()
                .map(ConnectionSteps::capped)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return wrong.isEmpty() && !capped.isEmpty()
                ? CheckResult.unknown(NAME, Doubt.LIMITED_BY_CAP, Doubt.CAP + ": " + capped + "; " + figures)
                : Evidence.judge(NAME, wrong, "", figures);
    }

    /** What waiting for the cap explains of what is missing. */
    private static String capped(Step step) {
        String name = Plural.of(step.connections, "connection") + ": ";
        if (step.ofCap > 0) {
            return name + Evidence.count(step.ofCap, "request") + " had none in time";
        }
        return step.isLimited() && step.refused == 0 && step.opened < step.connections
                ? name + "only " + step.opened + " were opened in time"
                : "";
    }

    private static String fault(Step step, Limit limit) {
        String name = Plural.of(step.connections, "connection") + ": ";
        if (step.otherErrors > 0) {
            return name + Evidence.count(step.otherErrors, "other error") + " than " + TOO_MANY_CONNECTIONS;
        }
        if (step.qps == 0 && step.ofCap == 0) {
            return name + "no request was answered";
        }
        if (step.refused > 0 && limit.has(step.connections)) {
            return name + "refused, though they fit";
        }
        return step.refused == 0 && step.opened < step.connections && !step.isLimited() && step.ofCap == 0
                ? name + "only " + step.opened + " were opened, without an error"
                : "";
    }

    /** Whether the server has nothing left of the steps, and answers. */
    public static CheckResult after(Limit limit, After after) {
        String figures = "Threads_connected " + limit.used + " before, " + after.connected + " after";
        String left =
                after.leftOver > 0 ? Evidence.count(after.leftOver, "connection") + " of the steps left over" : "";
        String dead = after.answered ? "" : "the server does not answer a new connection";
        return Evidence.judge(AFTER, left.isEmpty() ? dead : left, "", figures);
    }
}
