package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Moves the keys of one source to where they belong by the next map. Everything may be done twice. Used by one thread at a time. Each
 * method throws {@link TopologyException} if a server does not do it.
 */
final class Mover implements AutoCloseable {
    /** Of changes, in one go. */
    private static final int BATCH = 1_000;

    private final Change change;
    private final int source;
    private final ReshardingState state;
    private final Map<Integer, Mysql> sessions = new TreeMap<>();

    /**
     * How far a copy is.
     *
     * @param upTo the greatest key that was read
     * @param read rows
     * @param moved those of them that were copied
     */
    record Copied(long upTo, int read, int moved) {}

    Mover(Change change, int source) {
        this.change = change;
        this.source = source;
        this.state = new ReshardingState(change.table());
    }

    private interface Work<T> {
        T with(Mysql from) throws SQLException;
    }

    private <T> T work(String what, Work<T> work) {
        Node node = change.primary(source);
        try {
            return work.with(session(source));
        } catch (SQLException e) {
            throw Mysql.failure(node, what + " of " + Shards.name(source), e);
        }
    }

    /** To a shard; with a lock there that no other mover of this source has, so that of two only one writes. */
    private Mysql session(int shard) throws SQLException {
        Mysql open = sessions.get(shard);
        if (open == null) {
            open = Mysql.open(change.primary(shard));
            sessions.put(shard, open);
            state.lock(open, "mover of " + Shards.name(source));
            open.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            open.execute("SET " + Fence.MOVER + " = 1");
        }
        return open;
    }

    /** Up to which key an earlier mover has copied. */
    long copied() {
        return work("read the copy", from -> state.copied(session(change.newShard()), source));
    }

    /** Copies what must move of the next rows. */
    Copied copy(long after, int chunk) {
        return work("copy rows", from -> {
            List<ReshardedTable.Row> rows = change.table().after(from, after, chunk);
            // One commit for the rows of the new shard and for how far the copy is.
            on(change.newShard(), "begin to put rows", session -> session.execute("START TRANSACTION"));
            int moved = put(rows);
            long upTo = rows.isEmpty() ? after : rows.get(rows.size() - 1).id();
            on(change.newShard(), "note the copy", session -> {
                state.copied(session, source, upTo);
                session.execute("COMMIT");
            });
            return new Copied(upTo, rows.size(), moved);
        });
    }

    private int put(List<ReshardedTable.Row> rows) {
        Map<Integer, List<ReshardedTable.Row>> byTarget = rows.stream()
                .filter(row -> moves(row.id()))
                .collect(Collectors.groupingBy(row -> change.after().shardOf(row.id())));
        byTarget.forEach((target, theirs) ->
                on(target, "put rows", session -> change.table().put(session, theirs)));
        return byTarget.values().stream().mapToInt(List::size).sum();
    }

    private void on(int target, String what, Mysql.Work work) {
        try {
            work.in(session(target));
        } catch (SQLException e) {
            throw Mysql.failure(change.primary(target), what + " of " + Shards.name(source), e);
        }
    }

    /** A row that is here, but came by a copy, belongs here already. */
    private boolean moves(long id) {
        return change.after().shardOf(id) != source && change.before().shardOf(id) == source;
    }

    /**
     * Does to the targets what has been done to the source.
     *
     * @return how many changes; fewer than a batch if no more were there
     */
    int catchUp() {
        return work("catch up with changes", from -> {
            List<Capture.Note> notes = change.capture().read(from, BATCH);
            apply(from, notes);
            if (!notes.isEmpty()) {
                change.capture().forget(from, notes);
            }
            return notes.size();
        });
    }

    /** When nothing more can come. The last notes stay, because forgetting them is a commit that clients would have to wait for. */
    void catchUpWithAll() {
        work("catch up with the last changes", from -> {
            List<Capture.Note> notes = change.capture().read(from, BATCH);
            apply(from, notes);
            while (notes.size() == BATCH) {
                change.capture().forget(from, notes);
                notes = change.capture().read(from, BATCH);
                apply(from, notes);
            }
            return notes.size();
        });
    }

    private void apply(Mysql from, List<Capture.Note> notes) throws SQLException {
        Set<Long> gone =
                notes.stream().map(Capture.Note::id).filter(this::moves).collect(Collectors.toCollection(HashSet::new));
        if (!gone.isEmpty()) {
            List<ReshardedTable.Row> rows = change.table().of(from, List.copyOf(gone));
            put(rows);
            rows.forEach(row -> gone.remove(row.id()));
            delete(gone);
        }
    }

    /** See {@link Fence#raise}. */
    void raise(int version) {
        work("raise the version of the shard map", from -> {
            change.fence().raise(from, version);
            return version;
        });
    }

    private void delete(Set<Long> gone) {
        gone.stream()
                .collect(Collectors.groupingBy(id -> change.after().shardOf(id)))
                .forEach((target, ids) ->
                        on(target, "delete rows", session -> change.table().delete(session, ids)));
    }

    /**
     * Deletes the next rows that do not belong here.
     *
     * @param map where rows belong
     * @param after the key from which on it looks
     * @param chunk how many rows it looks at
     * @return how far it is
     */
    Copied clean(ShardMap map, long after, int chunk) {
        return work("delete moved rows", from -> {
            List<Long> ids = from.rows(
                    "SELECT write_id FROM " + change.table().name() + " WHERE write_id > ? ORDER BY write_id LIMIT "
                            + chunk,
                    rows -> rows.getLong(1),
                    after);
            List<Long> strangers =
                    ids.stream().filter(id -> map.shardOf(id) != source).toList();
            if (!strangers.isEmpty()) {
                change.table().delete(from, strangers);
            }
            return new Copied(ids.isEmpty() ? after : ids.get(ids.size() - 1), ids.size(), strangers.size());
        });
    }

    @Override
    public void close() {
        sessions.values().forEach(Mysql::close);
        sessions.clear();
    }
}
