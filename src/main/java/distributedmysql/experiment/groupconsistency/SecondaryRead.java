package distributedmysql.experiment.groupconsistency;

/**
 * One read of one row on a secondary, after the write of that row was acknowledged. Times are microseconds on the run's clock.
 *
 * @param node that was read
 * @param delayMicros planned, from the acknowledgement to the read
 * @param id of the row
 * @param acknowledgedMicros when the client had been told that the row was committed
 * @param invokeMicros when the read was sent
 * @param found whether the row was there; null if the read failed
 */
record SecondaryRead(
        String node, long delayMicros, long id, long acknowledgedMicros, long invokeMicros, Boolean found) {
    boolean isAnswered() {
        return found != null;
    }

    boolean isStale() {
        return isAnswered() && !found;
    }
}
