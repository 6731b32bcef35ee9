package distributedmysql.monitor.table;

import distributedmysql.mysql.BinlogPosition;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Replication;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A replica, what it lacks of its primary, and whether there is sense in waiting for that: one for all tables of a
 * comparison, so that each does not find it out anew. Thread-safe.
 */
final class AwaitedReplica {
    private final Node primary;
    private final Node node;
    private final ReplicaGap gap = new ReplicaGap();
    private volatile String gaveUpAt = "";

    AwaitedReplica(Node primary, Node replica) {
        this.primary = primary;
        this.node = replica;
    }

    Node primary() {
        return primary;
    }

    Node node() {
        return node;
    }

    /** What it will never get ({@link ReplicaGap}), as a GTID set, as far as {@link #look} has found it. */
    String neverGets() {
        return gap.gtids();
    }

    /** Whether it is known that it makes no sense to wait for it. */
    boolean isHopeless() {
        try (Mysql open = Mysql.open(node)) {
            look(open);
            return false;
        } catch (SQLException e) {
            // Whether it is reached is for those to find out who read from it.
            return false;
        } catch (IncompleteException e) {
            return true;
        }
    }

    /** {@link #gaveUp(Mysql)}, over a connection of its own. */
    void gaveUp() {
        try (Mysql open = Mysql.open(node)) {
            gaveUp(open);
        } catch (SQLException e) {
            // Then the next one waits as well.
        }
    }

    /** Somebody waited until the deadline in vain: next time that is only worth it if something was executed since. */
    void gaveUp(Mysql open) throws SQLException {
        gaveUpAt = GtidSets.executed(open);
    }

    /**
     * Looks why it is still not there. Knows only after some calls what the replica will never get; and not at all without
     * REPLICATION CLIENT.
     *
     * @param open to the replica
     * @throws IncompleteException if it makes no sense to wait on
     */
    void look(Mysql open) throws SQLException, IncompleteException {
        requireApplier();
        if (!gaveUpAt.isEmpty() && gaveUpAt.equals(GtidSets.executed(open))) {
            throw new IncompleteException(
                    node + ": has executed nothing since it was waited for in vain, for another table");
        }
        try (Mysql source = Mysql.open(primary)) {
            gap.look(node, open, BinlogPosition.of(primary, source));
        } catch (SQLException e) {
            // Not allowed, or the primary cannot be reached: so it is not known, and is waited for until the deadline.
            Optional<String> ended = primary.unexpectedEnd();
            if (ended.isPresent()) {
                throw new IncompleteException(primary + ": " + ended.get());
            }
        }
    }

    private void requireApplier() throws IncompleteException {
        ReplicaStatus status;
        try {
            status = Replication.statusFrom(node, primary);
        } catch (TopologyException e) {
            // Not allowed, or another primary is being elected.
            return;
        }
        if (!status.sqlRunning() && !status.applierError().isEmpty()) {
            throw new IncompleteException(node + ": its applier has stopped with an error, so what " + primary
                    + " writes does not arrive: " + status);
        }
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
