package distributedmysql.topology.replicator;

/**
 * What became of a former primary. Times are microseconds on the run's clock.
 *
 * @param node its name
 * @param checkedMicros when its transactions had been compared with the primary's
 * @param rejoinedMicros when it replicated; null if it does not
 * @param extraGtids transactions that it has and the primary lacks: it has diverged and must be rebuilt; empty if it
 *     rejoined
 */
public record RejoinResult(String node, long checkedMicros, Long rejoinedMicros, String extraGtids) {
    public boolean diverged() {
        return !extraGtids.isEmpty();
    }
}
