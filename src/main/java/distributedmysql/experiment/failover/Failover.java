package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.IdSet;
import distributedmysql.history.JsonRule;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What failovers cost in one replication mode. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What failovers cost in one replication mode.")
public record Failover(
        @JsonPropertyDescription("What the primary waited for before it acknowledged a commit.")
        @JsonRule("enum: ['async', 'after-sync', 'after-commit', 'group']")
        String mode,

        @JsonPropertyDescription("Why it was not measured, or not to its end; absent if it was.") @Nullable
        String reason,

        @JsonPropertyDescription("When the servers were ready for the load, in UTC; absent if nothing was measured.")
        @Nullable
        Instant start,

        @JsonPropertyDescription("One for each kill that led to a promotion.")
        List<Round> rounds,

        @JsonPropertyDescription(
                "From the kill until the primary counted as dead; absent if it is not known of every round.")
        @Nullable
        Spread detectMillis,

        @JsonPropertyDescription(
                "From then until the new primary took writes; absent if it is not known of every round.")
        @Nullable
        Spread promoteMillis,

        @JsonPropertyDescription("How long no write was acknowledged; absent if it is not known of every round.")
        @Nullable
        Spread rtoMillis,

        @JsonPropertyDescription(
                "The longest time without a completed read meanwhile; absent if it is not known of every round.")
        @Nullable
        Spread readRtoMillis,

        @JsonPropertyDescription("Until 99 % of the writes succeeded again; absent if it is not known of every round.")
        @Nullable
        Spread recoveredMillis,

        @JsonPropertyDescription("What became of the writes; absent if it is not known.")
        LedgerFigures.@Nullable Writes rpo,

        @JsonPropertyDescription(
                "Writes that a server acknowledged while another one was the primary; absent if nothing was "
                        + "measured.")
        @Nullable
        IdSet acknowledgedByTwoPrimaries,

        @JsonPropertyDescription("What each node holds in the end; absent if nothing was measured.") @Nullable
        List<LedgerFigures.NodeRows> nodes,

        @JsonPropertyDescription("Errors over time; absent if nothing was measured.") @Nullable
        List<LedgerFigures.ErrorCount> errors,

        @JsonPropertyDescription(
                "The rounds that were interrupted, or in which something went wrong; absent if there is none.")
        @JsonRule("minItems: 1")
        @Nullable
        List<Unfinished> unfinished,

        @JsonPropertyDescription(
                "external.max-rate limited what was measured: at least one request in a hundred waited for "
                        + "it, so the figures say less about the servers than about the cap. Absent if it did not.")
        @Nullable
        LimitedByCap limitedByCap) {

    /** Over the rounds; absent where one of them has no such figure, because the worst is not known then. */
    @JsonClassDescription("Over all rounds.")
    public record Spread(
            @JsonPropertyDescription(
                    "Median, in milliseconds; of an even number, the higher one of the two in the middle.")
            double median,

            @JsonPropertyDescription("Highest, in milliseconds.")
            double worst) {
        /** Null if there is no value, or one is null; the median of an even number is the higher of the two in the middle. */
        static Spread of(List<Double> values) {
            if (values.isEmpty() || values.contains(null)) {
                return null;
            }
            List<Double> sorted = values.stream().sorted().toList();
            return new Spread(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }
    }

    /** One kill of the primary. Figures that did not come about are null, or are not known where others promoted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One kill of the primary.")
    public record Round(
            @JsonPropertyDescription("Name of the primary that was killed.")
            String former,

            @JsonPropertyDescription("Name of the replica that was promoted.")
            String promoted,

            @JsonPropertyDescription("When it was killed, in UTC.") @Nullable
            Instant killed,

            @JsonPropertyDescription(
                    "From the kill until the primary counted as dead; absent if a failover manager of others "
                            + "decided that.")
            Double detectMillis,

            @JsonPropertyDescription(
                    "From then until the new primary took writes; absent too if a failover manager of others "
                            + "promoted it.")
            Double promoteMillis,

            @JsonPropertyDescription("What it was made of in a group; absent otherwise.") @Nullable
            GroupPhases phases,

            @JsonPropertyDescription(
                    "From the last write that the former primary acknowledged to the first that the new one "
                            + "did; absent if there was none.")
            Double rtoMillis,

            @JsonPropertyDescription(
                    "The longest time without a completed read between these two; absent if it is not known.")
            Double readRtoMillis,

            @JsonPropertyDescription(
                    "From the last write that the former primary acknowledged to the begin of the first second "
                            + "of which 99 % of the writes succeeded; absent if that did not come about.")
            Double recoveredMillis,

            @JsonPropertyDescription("Writes that arrived after the new primary's first one, and failed all the same.")
            long failedAfter,

            @JsonPropertyDescription("Acknowledged writes that this failover lost; absent if it is not known.")
            @Nullable
            IdSet lost,

            @JsonPropertyDescription("Why the former primary counted as dead.")
            String evidence,

            @JsonPropertyDescription("Why the former primary could acknowledge nothing more.")
            @JsonRule("enum: ['dead', 'killed', 'read-only', 'expelled', 'none']")
            String fencing,

            @JsonPropertyDescription(
                    "Whether no other replica was left. A semi-synchronous primary that the run started then "
                            + "takes writes without waiting, until one is back.")
            boolean alone,

            @JsonPropertyDescription(
                    "Transactions that only that replica had and that the former primary did not make, by node.")
            Map<String, String> errant,

            @JsonPropertyDescription("Whether and how the other servers became replicas of the new primary.")
            List<Returned> returned,

            @JsonPropertyDescription(
                    "What clients saw from 3 s before the kill to 27 s after it, as far as the load lasted; absent if it is "
                            + "not known when the primary was killed.")
            @Nullable
            Timeline timeline) {}

    /** How one server came back, or why it did not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Whether and how one server became a replica of the new primary.")
    public record Returned(
            @JsonPropertyDescription("Its name.") String node,

            @JsonPropertyDescription(
                    "Transactions that it had and the new primary lacks; not empty if it had diverged. Absent "
                            + "if it could not be compared.")
            @JsonRule("minLength: null")
            @Nullable
            String extraGtids,

            @JsonPropertyDescription("Whether all that it had was replaced by a copy of the new primary.")
            boolean rebuilt,

            @JsonPropertyDescription("From the promotion until it replicated; absent if it does not.")
            Double millis,

            @JsonPropertyDescription(
                    "Why it does not replicate from the new primary, for instance that it has diverged; absent "
                            + "if it does.")
            @Nullable
            String problem) {}

    /** What was done in a round that did not come to its end, and what can be seen of the servers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("What was done in a round that did not come to its end, and how the servers were left: "
            + "looked at when the killed server had been started again, or could not be.")
    public record Unfinished(
            @JsonPropertyDescription("Which one, from 1.") @JsonRule("minimum: 1")
            int round,

            @JsonPropertyDescription("Whether the run was ended meanwhile; false if something went wrong, see reason.")
            boolean interrupted,

            @JsonPropertyDescription("Name of the primary that was to be killed.")
            String former,

            @JsonPropertyDescription(
                    "The commands external.hooks.* that were run, in order; empty for servers that the run has "
                            + "started.")
            List<RanHook> hooks,

            @JsonPropertyDescription("Name of the only server that takes writes; absent if it is not known.") @Nullable
            String primary,

            @JsonPropertyDescription("Why it is not known: what each server says; absent if it is known.") @Nullable
            String primaryUnknown,

            @JsonPropertyDescription("Names of the servers that do not answer.")
            List<String> stopped,

            @JsonPropertyDescription("What is to be done about the servers now.")
            String next) {}

    /** Why nothing was measured in this mode. */
    public static Failover none(String mode, String reason) {
        return unmeasured(mode, reason, null, null);
    }

    /** A load that did not run to its end has no figures; what was done to the servers is said all the same. */
    public static Failover unmeasured(String mode, String reason, Instant start, List<Unfinished> unfinished) {
        return new Failover(
                mode, reason, start, List.of(), null, null, null, null, null, null, null, null, null, unfinished, null);
    }

    /**
     * @param reason null if all went well
     * @param figures null if they could not be made; the seconds of their errors count from {@code start}
     * @param unfinished empty if every round came to its end
     * @param limited null if the load was not limited by {@code external.max-rate}
     */
    public static Failover of(
            String mode,
            String reason,
            Instant start,
            List<Round> rounds,
            FailoverFigures figures,
            List<Unfinished> unfinished,
            LimitedByCap limited) {
        return new Failover(
                mode,
                reason,
                start,
                rounds,
                spread(rounds, Round::detectMillis),
                spread(rounds, Round::promoteMillis),
                spread(rounds, Round::rtoMillis),
                spread(rounds, Round::readRtoMillis),
                spread(rounds, Round::recoveredMillis),
                figures == null ? null : figures.ledger().writes(),
                figures == null ? null : figures.acknowledgedByTwoPrimaries(),
                figures == null ? null : figures.ledger().nodes(),
                figures == null ? null : figures.ledger().errors(),
                unfinished.isEmpty() ? null : unfinished,
                limited);
    }

    /** Whether none was tried, because these servers cannot be killed. */
    boolean wasImpossible() {
        return start == null && unfinished == null;
    }

    private static Spread spread(List<Round> rounds, Function<Round, Double> value) {
        List<Double> values = new ArrayList<>();
        rounds.forEach(round -> values.add(value.apply(round)));
        return Spread.of(values);
    }
}
