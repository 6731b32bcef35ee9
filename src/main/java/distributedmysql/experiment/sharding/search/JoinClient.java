package distributedmysql.experiment.sharding.search;

import distributedmysql.load.ConnectionPools;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Joins a player with its guild, on replicas. Blocks; thread-safe. */
record JoinClient(Shards shards, ConnectionPools pools, GuildTables tables) {
    /** Statements of a join across shards, each of which waits for the one before. */
    static final int ROUND_TRIPS = 2;

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private record Found(Player player, Guild guild) {}

    /** The player from its shard, and then its guild from the guild's. */
    Joined acrossShards(long id) {
        long start = System.nanoTime();
        Player player = null;
        Guild guild = null;
        String failure = null;
        try {
            player = read(shards.of(id), tables.player(), id, JoinClient::player);
            if (player != null) {
                guild = read(
                        shards.of(player.guild()),
                        tables.guild(),
                        player.guild(),
                        row -> new Guild(row.getLong(1), row.getString(2)));
            }
        } catch (SQLException e) {
            failure = SqlFailure.whileExecuting(e).firstLine();
        }
        return new Joined(id, player, guild, failure, System.nanoTime() - start);
    }

    /** In one statement, on the server that has all rows. */
    Joined onOneServer(long id) {
        long start = System.nanoTime();
        Found found = null;
        String failure = null;
        try {
            found = read(
                    shards.all().get(0),
                    tables.joinOnOneServer(),
                    id,
                    row -> new Found(player(row), new Guild(row.getLong(3), row.getString(4))));
        } catch (SQLException e) {
            failure = SqlFailure.whileExecuting(e).firstLine();
        }
        return new Joined(
                id,
                found == null ? null : found.player,
                found == null ? null : found.guild,
                failure,
                System.nanoTime() - start);
    }

    private static Player player(ResultSet row) throws SQLException {
        return new Player(row.getLong(1), row.getString(2), row.getLong(3));
    }

    /** The only row; null if there is none. */
    private <T> T read(ReplicaSet set, String text, long key, Reading<T> reading) throws SQLException {
        NodePool pool = pools.forReads(set, 0);
        Optional<String> ended = pool.node().unexpectedEnd();
        if (ended.isPresent()) {
            throw new SQLException(pool.node() + ": " + ended.get());
        }
        HeldConnection connection = pool.take();
        boolean answered = false;
        try {
            connection.setAutoCommit(true);
            PreparedStatement statement = connection.statement(text);
            statement.setLong(1, key);
            T value = connection.within(pool.statementMillis(), () -> {
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? reading.of(rows) : null;
                }
            });
            answered = true;
            return value;
        } finally {
            if (answered) {
                pool.keep(connection);
            } else {
                connection.close();
            }
        }
    }
}
