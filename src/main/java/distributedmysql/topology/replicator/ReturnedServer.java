package distributedmysql.topology.replicator;

import distributedmysql.mysql.Node;

/**
 * What became of a server after a failover.
 *
 * @param rejoin what was found when it came back; null if it could not be compared with the new primary
 * @param rebuilt null if it was not rebuilt
 * @param problem why it does not replicate from the new primary; empty if it does
 */
public record ReturnedServer(Node node, RejoinResult rejoin, RejoinResult rebuilt, String problem) {
    /** On the run's clock; null if it does not replicate. */
    public Long rejoinedMicros() {
        RejoinResult last = rebuilt == null ? rejoin : rebuilt;
        return last == null ? null : last.rejoinedMicros();
    }

    /** Transactions that it had and the new primary lacked when it came back; null if that is not known. */
    public String extraGtids() {
        return rejoin == null ? null : rejoin.extraGtids();
    }
}
