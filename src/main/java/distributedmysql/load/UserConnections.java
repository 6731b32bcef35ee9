package distributedmysql.load;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that one user of a closed load keeps: one to each server that it has asked so far. After a failure
 * the connection goes back to its pool, which knows whether it is still good, and the next request takes another.
 * Several pools may be used at once, each by one thread at a time.
 */
public final class UserConnections implements AutoCloseable {
    private final Map<NodePool, HeldConnection> held = new ConcurrentHashMap<>();

    /** The user's connection of a pool; at its first use it waits {@code connection.pool-timeout} at most. */
    public HeldConnection of(NodePool pool) throws SQLException {
        HeldConnection connection = held.get(pool);
        if (connection == null) {
            connection = pool.take();
            held.put(pool, connection);
        }
        return connection;
    }

    /** Gives the connection of a pool back, if there is one. */
    public void giveBack(NodePool pool) throws SQLException {
        HeldConnection connection = held.remove(pool);
        if (connection != null) {
            connection.close();
        }
    }

    /** Gives all back; never throws, for what is broken is of no use to the pool either. */
    @Override
    public void close() {
        held.values().forEach(HeldConnection::closeQuietly);
        held.clear();
    }
}
