package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.IdSet;
import distributedmysql.report.LimitedByCap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What failovers cost in one replication mode.
 *
 * @param mode {@code async}, {@code after-sync} or {@code after-commit}
 * @param reason why it was not measured, or not to its end; null if it was
 * @param start of the load; the seconds of {@code errors} count from it; null if it did not begin
 * @param detectMillis from the kill until the primary counted as dead
 * @param promoteMillis from then until the new primary took writes
 * @param rtoMillis from the last write acknowledged by the former primary to the first by the new one
 * @param readRtoMillis the longest time without a completed read meanwhile
 * @param recoveredMillis from the last acknowledged write to the first second of which 99 % of the writes succeeded
 * @param unfinished the rounds that were interrupted, or in which something went wrong; null if there is none
 * @param limitedByCap null if {@code external.max-rate} did not limit the load
 * @param rpo what became of the writes; null if it is not known which rows the primary holds in the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failover(
        String mode,
        String reason,
        Instant start,
        List<Round> rounds,
        Spread detectMillis,
        Spread promoteMillis,
        Spread rtoMillis,
        Spread readRtoMillis,
        Spread recoveredMillis,
        FailoverFigures.Rpo rpo,
        IdSet acknowledgedByTwoPrimaries,
        List<FailoverFigures.NodeRows> nodes,
        List<FailoverFigures.ErrorCount> errors,
        List<Unfinished> unfinished,
        LimitedByCap limitedByCap) {

    /** Over the rounds; absent where one of them has no such figure, because the worst is not known then. */
    public record Spread(double median, double worst) {
        /** Null if there is no value, or one is null; the median of an even number is the higher of the two in the middle. */
        static Spread of(List<Double> values) {
            if (values.isEmpty() || values.contains(null)) {
                return null;
            }
            List<Double> sorted = values.stream().sorted().toList();
            return new Spread(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }
    }

    /**
     * One kill of the primary. Figures that did not come about are null; those of detection and promotion also where a
     * failover manager of others promoted.
     *
     * @param former, promoted the names of the nodes
     * @param evidence why the former primary counted as dead
     * @param fencing {@code dead}, {@code killed}, {@code read-only} or {@code none}
     * @param alone whether no other replica was left, so that a semi-synchronous primary waits for nobody until one is
     *     back
     * @param lost acknowledged writes that this failover lost; null if it is not known
     * @param errant transactions that only that replica had, by node
     * @param returned whether and how the other servers became replicas of the new primary
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Round(
            String former,
            String promoted,
            Instant killed,
            Double detectMillis,
            Double promoteMillis,
            Double rtoMillis,
            Double readRtoMillis,
            Double recoveredMillis,
            IdSet lost,
            String evidence,
            String fencing,
            boolean alone,
            Map<String, String> errant,
            List<Returned> returned) {}

    /**
     * @param extraGtids transactions that it had and the new primary lacks: it had diverged; null if it could not be
     *     compared
     * @param rebuilt whether all that it had was replaced by a copy of the new primary
     * @param millis from the promotion until it replicated; null if it does not
     * @param problem why it does not replicate from the new primary; null if it does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Returned(String node, String extraGtids, boolean rebuilt, Double millis, String problem) {}

    /**
     * What was done in a round that did not come to its end, and what can be seen of the servers.
     *
     * @param round from 1
     * @param interrupted whether the run was ended meanwhile; otherwise something went wrong
     * @param former the primary that it is about
     * @param hooks the user's own commands that were run, in order
     * @param primary the name of the only server that takes writes; null if it is not known
     * @param primaryUnknown why it is not; null if it is
     * @param stopped the names of the servers that do not answer
     * @param next what is to be done now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Unfinished(
            int round,
            boolean interrupted,
            String former,
            List<RanHook> hooks,
            String primary,
            String primaryUnknown,
            List<String> stopped,
            String next) {}

    /**
     * @param hook its key in the settings
     * @param node what it was run for, with its address
     * @param exitCode null if it did not end by itself
     * @param problem why there is no exit code; null if there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RanHook(String hook, String node, Instant begun, Integer exitCode, String problem) {}

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
                figures == null ? null : figures.rpo(),
                figures == null ? null : figures.acknowledgedByTwoPrimaries(),
                figures == null ? null : figures.nodes(),
                figures == null ? null : figures.errors(),
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
