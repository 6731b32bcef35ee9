package distributedmysql.experiment.writeconflicts;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.Interval;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What increments of counters cost that clients of all members have in common. */
@JsonClassDescription(
        "What increments of counters cost that clients of all members have in common; absent if the servers are "
                + "no group in multi-primary mode.")
public record WriteConflictsSection(
        @JsonPropertyDescription("On each member, who increment one counter after the other, chosen by chance.")
        int clients,

        @JsonPropertyDescription("Those that were played to their end, one after the other.")
        List<Turn> turns)
        implements Section {

    /** One number of counters. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One number of counters. Each increment is a transaction.")
    public record Turn(
            @JsonPropertyDescription("How many counters there were.")
            int keys,

            @JsonPropertyDescription("Acknowledged increments per second, of all members together.")
            double transactionsPerSecond,

            @JsonPropertyDescription("Acknowledged increments.")
            long acknowledged,

            @JsonPropertyDescription(
                    "Rolled back at their commit, because another member had changed the counter meanwhile (error 3101).")
            long rolledBack,

            @JsonPropertyDescription(
                    "Rolled back before they were certified, because two sessions of a member waited for each other, or for what "
                            + "the group had agreed upon (errors 1213, and 1180 during a commit).")
            long deadlocks,

            @JsonPropertyDescription("Not applied because of another error.")
            long failed,

            @JsonPropertyDescription("Whose end nobody knows.")
            long unknown,

            @JsonPropertyDescription(
                    "rolledBack / (acknowledged + rolledBack + deadlocks); absent if all of them are 0.")
            @JsonRule("maximum: 1")
            @Nullable
            Double rolledBackShare,

            @JsonPropertyDescription("95 % confidence interval of rolledBackShare (Wilson); absent without it.")
            @Nullable
            Interval ci95,

            @JsonPropertyDescription("How long acknowledged increments took; absent if there was none.") @Nullable
            LatencySummary acknowledgedMicros,

            @JsonPropertyDescription("How long it took to be told of a roll-back at commit; absent if there was none.")
            @Nullable
            LatencySummary rolledBackMicros,

            @JsonPropertyDescription("By the member that the client was connected to.")
            List<Member> members) {}

    /** One member of the group in one turn. */
    @JsonClassDescription("One member in one turn.")
    public record Member(
            @JsonPropertyDescription("Name of the member.") String member,

            @JsonPropertyDescription("Acknowledged by it.") long acknowledged,

            @JsonPropertyDescription("Rolled back at their commit on it.")
            long rolledBack,

            @JsonPropertyDescription("Rolled back before they were certified on it.")
            long deadlocks,

            @JsonPropertyDescription(
                    "By how much its COUNT_CONFLICTS_DETECTED in replication_group_member_stats has grown meanwhile: each member "
                            + "checks the transactions of all; null if it could not be read.")
            @Nullable
            Long conflictsDetected) {}

    @Override
    public List<Metric> metrics() {
        return WriteConflictsPlots.metrics(turns);
    }

    @Override
    public List<Plot> plots() {
        return WriteConflictsPlots.of(turns);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Write conflicts (" + Plural.of(clients, "client")
                + " on each member; the group counts for all members):");
        lines.add(String.format(
                Locale.ROOT,
                "  %8s  %14s  %20s  %9s  %15s  %s",
                "keys",
                "acknowledged/s",
                "rolled back",
                "deadlocks",
                "p50/p99",
                "counted by the group"));
        for (Turn turn : turns) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %8d  %14.0f  %20s  %9d  %15s  %s%s",
                    turn.keys,
                    turn.transactionsPerSecond,
                    turn.rolledBackShare == null
                            ? "-"
                            : String.format(Locale.ROOT, "%d (%.1f %%)", turn.rolledBack, 100 * turn.rolledBackShare),
                    turn.deadlocks,
                    turn.acknowledgedMicros == null
                            ? "-"
                            : String.format(
                                    Locale.ROOT,
                                    "%.1f/%.1f ms",
                                    turn.acknowledgedMicros.p50() / 1e3,
                                    turn.acknowledgedMicros.p99() / 1e3),
                    counted(turn),
                    mark.apply(ConflictLoad.name(turn.keys))));
        }
        return lines;
    }

    private static String counted(Turn turn) {
        return turn.members.stream()
                .map(Member::conflictsDetected)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .map(count -> Long.toString(count))
                .orElse("-");
    }
}
