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
        Promotion promotion) {
    /**
     * Why the primary counts as dead. Times are microseconds on the run's clock.
     *
     * @param firstFailureMicros when the first of the failed probes was sent; null if the caller decided
     * @param probed whether probes and replicas said so, not the caller
     */
    public record Detection(Long firstFailureMicros, long detectedMicros, boolean probed, String evidence) {}

    /** How the former primary was kept from acknowledging writes after the promotion. */
    public enum Fencing {
        /** Its process had ended already. */
        DEAD,
        /** It was killed: a paused server would acknowledge as soon as it is resumed. */
        KILLED,
        /** It answered, was set to {@code super_read_only}, and its clients were disconnected. */
        READ_ONLY,
        /** Its group has expelled it, without whose majority it acknowledges nothing. */
        EXPELLED,
        /** It was not: by the settings, or because it neither answers nor is ours. */
        NONE
    }
}
