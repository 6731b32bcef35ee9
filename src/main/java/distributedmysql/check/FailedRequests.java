package distributedmysql.check;

import distributedmysql.history.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a request failed that may not, or was never sent because its user left before. Of every scenario, and of all of its
 * time: a warm-up in which requests fail is no warm-up.
 */
public final class FailedRequests {
    public static final String NAME = "failed requests";

    public static final Meaning MEANING = new Meaning(
            "Requests of the simulation failed that may not, so what was measured is not what was meant.",
            "Requests were never sent, because their users had left before.",
            "Correct the statement that the evidence names; a request that is meant to fail says so"
                    + " (docs/simulations.md).");

    private static final int MOST_NAMES = 20;

    private FailedRequests() {}

    /**
     * All requests of one name in one scenario or stage.
     *
     * @param sent all, those that failed or could not even be made included
     */
    public record Requests(String stage, String name, long sent, long failed, List<Failure> failures) {
        public Requests {
            failures = List.copyOf(failures);
        }

        /** Whether none of them reached a server: they had no connection in time, which may be the fault of this machine. */
        public boolean failedOnlyOfWaiting() {
            return failures.stream().allMatch(Failure::isOfWaiting);
        }

        private boolean failedOnlyOfCap() {
            return failed > 0 && failedOtherwise() == 0;
        }

        private long failedOtherwise() {
            return failed
                    - failures.stream()
                            .filter(Failure::isOfCap)
                            .mapToLong(Failure::count)
                            .sum();
        }

        /** The same, but of the failed ones only those that had no connection in time because of {@code external.max-rate}. */
        public Requests failedOfCap() {
            List<Failure> ofCap = failures.stream().filter(Failure::isOfCap).toList();
            return new Requests(stage, name, sent, failed - failedOtherwise(), ofCap);
        }
    }

    /**
     * Failures that are equal.
     *
     * @param code the MySQL error number; 0 where the error did not come from the server
     * @param message the first line of the first one, as it came
     */
    public record Failure(String sqlState, int code, long count, String message) {
        private boolean isOfWaiting() {
            return isOfCap() || sqlState.equals(Completion.POOL_TIMEOUT);
        }

        private boolean isOfCap() {
            return sqlState.equals(Completion.RATE_CAP);
        }
    }

    /**
     * What the simulation says about its requests.
     *
     * @param declared the names of its SQL requests, sent or not
     * @param mayFail the names of those that may fail, and why
     * @param left how many users of which scenario left before its end, marked as failed
     * @param marked how many users of which scenario ended marked as failed, but not by an SQL request of ours
     */
    public record Simulation(
            Set<String> declared, Map<String, String> mayFail, Map<String, Long> left, Map<String, Long> marked) {
        /** The same, and requests of these names may fail too, each for its reason. */
        public Simulation with(Map<String, String> reasons) {
            Map<String, String> all = new TreeMap<>(reasons);
            all.putAll(mayFail);
            return new Simulation(declared, all, left, marked);
        }

        /** Whether it says nothing at all. */
        public boolean isSilent() {
            return declared.isEmpty() && mayFail.isEmpty() && marked.isEmpty();
        }
    }

    /**
     * @return {@code INVALID} if a request failed that may not, if users are marked as failed though no request of theirs
     *     failed, or if a name that may fail is none of a request; {@code UNKNOWN} if a request was never sent because its users had left, or failed only
     *     because of {@code external.max-rate}
     */
    public static CheckResult check(List<Requests> requests, Simulation simulation) {
        List<Requests> failed =
                requests.stream().filter(any -> any.failed() > 0).toList();
        List<Requests> notAllowed = failed.stream()
                .filter(any -> !simulation.mayFail().containsKey(any.name()))
                .toList();
        List<Requests> ofCap =
                notAllowed.stream().filter(Requests::failedOnlyOfCap).toList();
        List<Requests> wrong =
                notAllowed.stream().filter(any -> !any.failedOnlyOfCap()).toList();
        List<String> invalid = new ArrayList<>();
        if (!wrong.isEmpty()) {
            invalid.add(failures(wrong));
        }
        unexplained(failed, simulation).ifPresent(invalid::add);
        misspelt(requests, simulation).ifPresent(invalid::add);
        String neverSent = neverSent(requests, simulation);
        if (!invalid.isEmpty() && !neverSent.isEmpty()) {
            invalid.add(neverSent);
        }
        String figures = figures(requests, simulation);
        if (invalid.isEmpty() && !ofCap.isEmpty()) {
            return CheckResult.unknown(NAME, Doubt.LIMITED_BY_CAP, Doubt.CAP + ": " + failures(ofCap) + "; " + figures);
        }
        return Evidence.judge(NAME, String.join("; ", invalid), neverSent, figures);
    }

    private static String failures(List<Requests> wrong) {
        String listed =
                wrong.stream().limit(MOST_NAMES).map(FailedRequests::text).collect(Collectors.joining("; "));
        int more = wrong.size() - MOST_NAMES;
        return more <= 0 ? listed : listed + "; and " + count(more, "more name") + ", all in the JSON summary";
    }

    private static String text(Requests requests) {
        String kinds = requests.failures().stream()
                .map(failure -> count(failure.count(), "time") + " " + failure.message() + " ("
                        + (failure.code() == 0 ? failure.sqlState() : failure.code()) + ")")
                .collect(Collectors.joining(", "));
        return quoted(requests.name()) + " in " + quoted(requests.stage()) + ": " + number(requests.failed()) + " of "
                + number(requests.sent()) + " failed: " + kinds;
    }

    /** Gatling only logs that a function of a simulation threw, marks the user as failed, and lets it go on. */
    private static Optional<String> unexplained(List<Requests> failed, Simulation simulation) {
        String users = simulation.marked().entrySet().stream()
                .filter(entry -> entry.getValue() > failedElsewhere(failed, entry.getKey(), simulation))
                .map(entry -> count(entry.getValue(), "user") + " of " + quoted(entry.getKey()))
                .collect(Collectors.joining(", "));
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of("marked as failed by no request: " + users
                        + " (a function of the simulation threw, see Gatling's log, or it marked them itself)");
    }

    /** Failed requests of other actions than ours, which may have marked their users too. */
    private static long failedElsewhere(List<Requests> failed, String scenario, Simulation simulation) {
        return failed.stream()
                .filter(any -> any.stage().equals(scenario))
                .filter(any -> !simulation.declared().contains(any.name()))
                .mapToLong(Requests::failed)
                .sum();
    }

    private static Optional<String> misspelt(List<Requests> requests, Simulation simulation) {
        Set<String> known = names(requests);
        known.addAll(simulation.declared());
        Set<String> unknown = new TreeSet<>(simulation.mayFail().keySet());
        unknown.removeAll(known);
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("mayFail names what is no request of this simulation: " + quoted(unknown)
                        + "; its requests are " + quoted(known));
    }

    private static String neverSent(List<Requests> requests, Simulation simulation) {
        Set<String> never = new TreeSet<>(simulation.declared());
        never.removeAll(names(requests));
        never.removeIf(simulation.mayFail()::containsKey);
        return never.isEmpty() || simulation.left().isEmpty() && !requests.isEmpty()
                ? ""
                : "never sent: " + quoted(never);
    }

    private static String figures(List<Requests> requests, Simulation simulation) {
        long sent = requests.stream().mapToLong(Requests::sent).sum();
        long failed = requests.stream().mapToLong(Requests::failed).sum();
        if (sent == 0) {
            return "no request of a scenario was sent (probes and numbered writes are judged by checks of their own)";
        }
        String allowed = requests.stream()
                .filter(any -> any.failed() > 0)
                .filter(any -> simulation.mayFail().containsKey(any.name()))
                .map(any -> "; may fail (" + simulation.mayFail().get(any.name()) + "): " + text(any))
                .collect(Collectors.joining());
        return number(failed) + " of " + count(sent, "request") + " failed" + allowed + leaving(simulation.left());
    }

    private static String leaving(Map<String, Long> left) {
        return left.entrySet().stream()
                .map(entry -> "; " + count(entry.getValue(), "user") + " of " + quoted(entry.getKey())
                        + " left before its end, after a failure")
                .collect(Collectors.joining());
    }

    private static Set<String> names(List<Requests> requests) {
        return requests.stream().map(Requests::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String quoted(Set<String> names) {
        return names.stream().limit(MOST_NAMES).map(FailedRequests::quoted).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? ", …" : "");
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
