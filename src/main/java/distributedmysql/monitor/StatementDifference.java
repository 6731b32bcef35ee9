package distributedmysql.monitor;

import distributedmysql.config.Plural;
import distributedmysql.monitor.StatementReading.Counts;
import distributedmysql.monitor.StatementReading.Delta;
import distributedmysql.monitor.StatementReading.Prepared;
import distributedmysql.monitor.StatementReading.PreparedId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was counted between two readings of a server that was not restarted. */
final class StatementDifference {
    // Connector/J asks for the session's variables once; pools ask for isolation level and read-only state besides.
    private static final int MOST_SELECTS_PER_CONNECTION = 4;

    private final Counts before;
    private final Counts after;
    private final Map<String, Long> atLeast = new TreeMap<>();

    StatementDifference(Counts before, Counts after) {
        this.before = before;
        this.after = after;
    }

    Delta delta() {
        after.byDigest()
                .forEach((digest, count) ->
                        atLeast.put(digest, count - before.byDigest().getOrDefault(digest, 0L)));
        Set<String> commands = commandsThatCameAsText();
        addPrepared();
        if (wasReset()) {
            return StatementReading.unknown("the counts in performance_schema were reset in between");
        }
        if (after.loadIsAdmin() && !commands.isEmpty()) {
            return StatementReading.unknown("statements came as text, and the load logs in as the framework itself"
                    + " does: the server cannot tell them apart; use server-side prepared statements");
        }
        if (!after.textByCommand().keySet().containsAll(commands)) {
            return StatementReading.unknown("statements came as text that begin with one of " + commands
                    + "; only these can be counted: " + StatementTables.commands());
        }
        return delta(commands);
    }

    private Delta delta(Set<String> commands) {
        long counted = after.preparedExecutions()
                - before.preparedExecutions()
                + ofCommands(commands, before.textByCommand(), after.textByCommand());
        long opened = commands.contains("SELECT")
                ? after.sessions().opened() - before.sessions().opened()
                : 0;
        long known = atLeast.values().stream().mapToLong(Long::longValue).sum();
        long least = Math.max(known, counted - opened * MOST_SELECTS_PER_CONNECTION);
        long most = sessionsEndedTogether() ? Math.max(counted, ofAllUsers(commands)) : counted;
        return most < known
                ? StatementReading.unknown("performance_schema counts " + Plural.of(known, "execution")
                        + " in one table and only " + most + " in another")
                : new Delta(Map.copyOf(atLeast), least, most, Optional.empty());
    }

    /** Perhaps: then one may have overwritten what the other had just added to the account's counts. */
    private boolean sessionsEndedTogether() {
        return after.sessions().ended() - before.sessions().ended() > 1;
    }

    private long ofAllUsers(Set<String> commands) {
        return after.preparedOfAllUsers()
                - before.preparedOfAllUsers()
                + ofCommands(commands, before.byCommandOfAllUsers(), after.byCommandOfAllUsers());
    }

    private static long ofCommands(Set<String> commands, Map<String, Long> before, Map<String, Long> after) {
        return commands.stream()
                .mapToLong(command -> after.get(command) - before.get(command))
                .sum();
    }

    private Set<String> commandsThatCameAsText() {
        return atLeast.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> StatementDigest.command(entry.getKey()))
                .collect(Collectors.toSet());
    }

    private void addPrepared() {
        for (Map.Entry<PreparedId, Prepared> entry : after.prepared().entrySet()) {
            Prepared now = entry.getValue();
            Prepared then = before.prepared().get(entry.getKey());
            long executions = now.executions() - (then == null ? 0 : then.executions());
            now.digest().ifPresent(digest -> atLeast.merge(digest, executions, Long::sum));
        }
    }

    private boolean wasReset() {
        return !after.byDigest().keySet().containsAll(before.byDigest().keySet())
                || atLeast.values().stream().anyMatch(count -> count < 0)
                || after.preparedExecutions() < before.preparedExecutions();
    }
}
