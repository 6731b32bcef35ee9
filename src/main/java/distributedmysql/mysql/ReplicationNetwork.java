package distributedmysql.mysql;

/**
 * A server's network to its peers, where it has one beside the clients' that can be cut. Thread-safe.
 *
 * <p>Both methods throw {@link TopologyException} if it cannot be done.
 */
public interface ReplicationNetwork {
    /** The server reaches no other one, and none reaches it; clients still do. Does nothing if it is cut already. */
    void disconnect();

    /** Does nothing if it is connected. */
    void reconnect();
}
