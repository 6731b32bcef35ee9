package distributedmysql.topology.replicator;

import distributedmysql.history.Promotion;
import java.util.Map;

/**
 * One failover, phase by phase, for the report. Times are microseconds on the run's clock, each at the phase's end.
 *
 * @param former, promoted the names of the nodes
 * @param detection when and why the former primary counted as dead
 * @param fencedMicros the former primary could acknowledge nothing more, as far as {@code fencing} says so
 * @param stoppedMicros the replicas had stopped receiving and said what they have
 * @param chosenMicros errant transactions were looked for, and the most advanced replica was found
 * @param appliedMicros it had applied its relay log
 * @param promotedMicros it took writes
 * @param routedMicros the replica set's roles were changed
 * @param followedMicros every other replica followed it, or could not
 * @param received what each replica that answered had, by name
 * @param errant transactions that only that replica had and that the former primary did not make, by name
 * @param diverged transactions that the promoted one lacks, of replicas that therefore do not follow it, by name
 * @param failed replicas that did not answer or could not follow, by name, and why; the promoted one if it does not
 *     know that it is alone
 * @param promotion for the checker
 */
public record FailoverRecord(
        String former,
        String promoted,
        Detection detection,
        Fencing fencing,
        long fencedMicros,
        long stoppedMicros,
        long chosenMicros,
        long appliedMicros,
        long promotedMicros,
        long routedMicros,
        long followedMicros,
        Map<String, String> received,
        Map<String, String> errant,
        Map<String, String> diverged,
        Map<String, String> failed,
        Promotion promotion) {}
