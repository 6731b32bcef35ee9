package distributedmysql.monitor;

import java.util.List;

/**
 * What was measured so far. All statistics are of the time between {@code loadFromMillis} and {@code loadToMillis}; the
 * series and the counts of the samplers may begin before it and go on after it.
 *
 * @param loadFromMillis when the load began, since the run's start, as the points of the series; null if it has not
 * @param loadToMillis when it ended; until then, when it is to end; null if it has not begun
 * @param primaryIdle whether the primary committed nothing meanwhile, so that a lag of 0 proves nothing
 * @param beatIntervalMicros the probe's resolution
 * @param beatMicros how long each beat took, from sending to the answer: a commit of the heartbeat or, where nothing may be
 *     written, a reading of the primary's position; missing are the beats that failed or could not be sent in time
 * @param replicas every node that was a replica at some time, in the cluster's order
 * @param samplers how often each was taken, failed and missed, with its last error
 */
public record ReplicationLagResult(
        Long loadFromMillis,
        Long loadToMillis,
        boolean primaryIdle,
        long beatIntervalMicros,
        LagStatistics beatMicros,
        List<ReplicaLag> replicas,
        List<Sampler.Counts> samplers) {}
