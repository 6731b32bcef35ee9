package distributedmysql.monitor;

import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Beats without a write: the primary's {@code gtid_executed}, read at an interval. A replica shows one when it has
 * executed all of it, except what it will never get. Needs no privilege. Where the primary commits nothing, a replica that
 * has all shows every beat.
 *
 * <p>Memory is bounded: while a node stands still and {@value #CAPACITY} positions are unseen, every second one is
 * forgotten, and so on; the figures may then be too low by up to 1/1024 of the standstill's length.
 */
final class PrimaryPositions implements Beats {
    private static final int CAPACITY = 2_048;

    /** What the primary had executed when the beat of this number was taken, and no earlier one. */
    private record Position(long number, String executed) {}

    /** The oldest, the newest, and between them at most every {@code stride}th. */
    private static final class Unseen {
        private final List<Position> positions = new ArrayList<>();
        private long stride = 1;

        void add(Position newest) {
            int last = positions.size() - 1;
            if (last > 0
                    && positions.get(last).number() - positions.get(last - 1).number() < stride) {
                positions.set(last, newest);
                return;
            }
            positions.add(newest);
            if (positions.size() == CAPACITY) {
                for (int odd = last; odd > 0; odd -= 2) {
                    positions.remove(odd);
                }
                stride *= 2;
            }
        }

        /** This one, and all before it. */
        void seen(Position newest) {
            positions.removeIf(position -> position.number() <= newest.number());
            if (positions.isEmpty()) {
                stride = 1;
            }
        }

        List<Position> all() {
            return List.copyOf(positions);
        }
    }

    private final ReplicaSet replicaSet;
    private final Map<Node, PendingBeats> pending;
    private final Map<Node, Unseen> unseen;
    private final NodeConnection connection;
    private final Map<Node, ReplicaGap> gaps;
    private final LagRecorder readings;
    private long number = NONE_VISIBLE;
    private String newest = "";
    private long positions;

    PrimaryPositions(
            ReplicaSet replicaSet, Map<Node, PendingBeats> pending, Map<Node, ReplicaGap> gaps, LoadWindow load) {
        this.replicaSet = replicaSet;
        this.pending = pending;
        this.unseen = pending.keySet().stream().collect(Collectors.toMap(node -> node, node -> new Unseen()));
        this.connection = new NodeConnection(replicaSet::primary);
        this.gaps = gaps;
        this.readings = new LagRecorder(load);
    }

    @Override
    public String name() {
        return "primary's position";
    }

    @Override
    public void prepare() {
        // Nothing is made on the servers.
    }

    @Override
    public void take() throws SQLException {
        Node primary = replicaSet.primary();
        long sentNanos = System.nanoTime();
        String executed;
        try {
            executed = connection.use(GtidSets::executed);
        } catch (SQLException e) {
            readings.missing(sentNanos);
            throw e;
        }
        long readNanos = System.nanoTime();
        readings.record(sentNanos, (readNanos - sentNanos) / 1_000);
        long taken = add(executed);
        pending.forEach((node, beats) -> {
            beats.acknowledged(taken, readNanos);
            if (node.equals(primary)) {
                beats.visible(taken);
            }
        });
    }

    /** Takes a beat; returns its number. */
    synchronized long add(String executed) {
        number++;
        if (!executed.equals(newest)) {
            newest = executed;
            positions++;
            Position position = new Position(number, executed);
            // The primary has it, whatever becomes of its role.
            replicaSet.nodes().stream()
                    .filter(node -> !node.equals(replicaSet.primary()))
                    .forEach(node -> unseen.get(node).add(position));
        }
        return number;
    }

    /** The first position was there before. */
    @Override
    public synchronized boolean isIdle() {
        return positions == 1;
    }

    /** A replica executes in the order of the primary's positions, so halving finds the newest. */
    @Override
    public long newestVisible(Node node, Mysql replica) throws SQLException {
        List<Position> open;
        long all;
        synchronized (this) {
            open = unseen.get(node).all();
            all = number;
        }
        String gap = gaps.get(node).gtids();
        int shown = 0;
        int hidden = open.size();
        // Most often it has executed the newest.
        int next = hidden - 1;
        while (shown < hidden) {
            if (hasExecuted(replica, open.get(next), gap)) {
                shown = next + 1;
            } else {
                hidden = next;
            }
            next = (shown + hidden) / 2;
        }
        if (shown > 0) {
            synchronized (this) {
                unseen.get(node).seen(open.get(shown - 1));
            }
        }
        // Up to the beat before the first position that it has not reached.
        return shown == open.size() ? all : open.get(shown).number() - 1;
    }

    private static boolean hasExecuted(Mysql replica, Position position, String gap) throws SQLException {
        String query = "SELECT GTID_SUBSET(GTID_SUBTRACT(?, ?), @@GLOBAL.gtid_executed)";
        return replica.number(query, position.executed(), gap) == 1;
    }

    @Override
    public void missed(Sampler.Ticks ticks) {
        readings.missing(ticks);
    }

    /** From asking to the answer. */
    @Override
    public LagStatistics micros(Sampler.Ticks overdue) {
        return readings.statistics(overdue);
    }

    @Override
    public void close() {
        connection.close();
    }
}
