package distributedmysql.experiment.quorumloss;

/**
 * When what happened in one round; microseconds on the run's clock.
 *
 * @param survivor the name of the primary
 * @param lostMicros the others were dead
 * @param noticedMicros the survivor knew that it had no majority
 * @param recoveryMicros the recovery was begun
 * @param recoveredMicros the survivor took writes again
 */
record QuorumLoss(
        Recovery recovery,
        String survivor,
        long lostMicros,
        long noticedMicros,
        long recoveryMicros,
        long recoveredMicros) {}
