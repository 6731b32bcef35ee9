package distributedmysql.experiment.sharding.resharding;

/**
 * A round that was played, and what was measured; times of the run's clock.
 *
 * @param startMicros when the resharding began
 * @param endMicros when it had ended
 * @param endId greater than every number of the round
 * @param problem why the resharding did not come to its end; empty if it did
 */
record PlayedRound(
        Round round,
        Writers.Load load,
        Refusals refusals,
        Progress progress,
        long startMicros,
        long endMicros,
        int endId,
        String problem) {
    /** Whether a client of this round sent it. */
    boolean sent(long id) {
        return id >= load.numbers().first() && id < endId && !load.numbers().isBefore(id);
    }
}
