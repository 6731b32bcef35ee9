package distributedmysql.experiment.sharding.resharding;

/**
 * A round that was played, and what was measured; times of the run's clock.
 *
 * @param warmMicros when the warm-up had ended
 * @param startMicros when the resharding began
 * @param endMicros when it had ended
 * @param endId greater than every number of the round
 * @param problem why the resharding did not come to its end; empty if it did
 * @param interrupted whether the run was ending
 */
record PlayedRound(
        Round round,
        Writers.Load load,
        Refusals refusals,
        Progress progress,
        long warmMicros,
        long startMicros,
        long endMicros,
        int endId,
        String problem,
        boolean interrupted) {
    /** Whether a client of this round sent it. */
    boolean sent(long id) {
        return id >= load.numbers().first() && id < endId && !load.numbers().isBefore(id);
    }
}
