package distributedmysql.topology.replicator;

/**
 * Why the primary counts as dead. Times are microseconds on the run's clock.
 *
 * @param firstFailureMicros when the first of the failed probes was sent; null if the caller decided
 * @param probed whether probes and replicas said so, not the caller
 */
public record Detection(Long firstFailureMicros, long detectedMicros, boolean probed, String evidence) {}
