package distributedmysql.monitor;

import java.util.List;

/**
 * What was measured so far.
 *
 * @param beatIntervalMicros the probe's resolution
 * @param beatCommitMicros how long the heartbeat's own commits took, from sending to acknowledgement; missing are the
 *     beats that failed or could not be sent in time
 * @param replicas every node that was a replica at some time, in the cluster's order
 * @param samplers how often each was taken, failed and missed, with its last error
 */
public record ReplicationLagResult(
        long beatIntervalMicros,
        LagStatistics beatCommitMicros,
        List<ReplicaLag> replicas,
        List<Sampler.Counts> samplers) {}
