package distributedmysql.topology.replicator;

import java.time.Duration;

/**
 * How a failover is carried out.
 *
 * @param probeInterval between two probes of the primary
 * @param probeTimeout how long a probe waits for an answer
 * @param failuresUntilDead so many probes in a row must fail
 * @param fence whether the former primary is made to refuse writes, or killed, before another one is promoted; if not,
 *     what it still acknowledges is split brain
 * @param applyDeadline for the relay log of the replica that is promoted
 * @param followDeadline for each other replica to follow the new primary
 */
public record FailoverOptions(
        Duration probeInterval,
        Duration probeTimeout,
        int failuresUntilDead,
        boolean fence,
        Duration applyDeadline,
        Duration followDeadline) {
    /** Dead after three probes of at most one second each; fenced. */
    public static FailoverOptions defaults() {
        return new FailoverOptions(
                Duration.ofMillis(200), Duration.ofSeconds(1), 3, true, Duration.ofSeconds(60), Duration.ofSeconds(60));
    }

    public FailoverOptions withFence(boolean other) {
        return new FailoverOptions(
                probeInterval, probeTimeout, failuresUntilDead, other, applyDeadline, followDeadline);
    }
}
