package distributedmysql.topology;

import distributedmysql.mysql.TopologyException;

/** Starts, or connects to, a described set of servers. */
public interface Topology {
    /**
     * Returns when the primary accepts writes and every replica follows it.
     *
     * @throws TopologyException if that cannot be reached; nothing is left running then
     */
    Deployment start();
}
