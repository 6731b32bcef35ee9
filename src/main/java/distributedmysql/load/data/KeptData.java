package distributedmysql.load.data;

import distributedmysql.config.DataSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an earlier run has left on the servers ({@code external.keep-data}), for a run that may only read.
 *
 * @param ours whether there is a database of the framework's own whose tables can be compared
 * @param unreadable why the load cannot read its rows; empty if it can
 */
public record KeptData(boolean ours, Optional<String> unreadable) {
    /** Players by number and by their ids' sum, and how many of them have an id that the scale gives. */
    private record Players(long count, long sum, long within) {}

    /**
     * Looks, and writes nothing.
     *
     * @throws TopologyException if a server does not answer
     */
    public static KeptData look(Shards shards, DataSettings settings) {
        Map<ReplicaSet, MarkedDatabase> databases = new ShardedDatabase(shards, settings.database()).databases();
        for (Map.Entry<ReplicaSet, MarkedDatabase> each : databases.entrySet()) {
            if (!each.getValue().isOurs()) {
                Node primary = each.getKey().primary();
                return new KeptData(
                        false,
                        Optional.of("there is no database " + settings.database() + " of the framework's own that "
                                + primary.admin().user() + " may read"
                                + (shards.areSeveral() ? " on " + primary : "")
                                + "; a run that may write leaves one with external.keep-data = true"));
            }
        }
        List<Players> wanted = wanted(shards, new GameData(settings).players());
        for (Node node : shards.nodes()) {
            int shard = shards.shardOf(node);
            Optional<String> unreadable = unreadable(
                    node, databases.get(shards.all().get(shard)), settings, wanted.get(shard), shards.areSeveral());
            if (unreadable.isPresent()) {
                return new KeptData(true, unreadable);
            }
        }
        return new KeptData(true, Optional.empty());
    }

    /** Players are never inserted or deleted by a load, so exactly those that scale and shard map give must be there. */
    private static List<Players> wanted(Shards shards, long players) {
        long[] counts = new long[shards.all().size()];
        long[] sums = new long[counts.length];
        ShardMap map = shards.map();
        for (long player = 1; player <= players; player++) {
            int shard = map.shardOf(player);
            counts[shard]++;
            sums[shard] += player;
        }
        return IntStream.range(0, counts.length)
                .mapToObj(shard -> new Players(counts[shard], sums[shard], counts[shard]))
                .toList();
    }

    private static Optional<String> unreadable(
            Node node, MarkedDatabase database, DataSettings settings, Players wanted, boolean sharded) {
        long last = new GameData(settings).players();
        String table = database.quotedName() + "." + GameSchema.PLAYERS.name();
        String query = "SELECT COUNT(*), COALESCE(SUM(player_id), 0), COALESCE(SUM(player_id BETWEEN 1 AND ?), 0) FROM "
                + table;
        try (Mysql session = Mysql.open(node)) {
            Players found = session.rows(
                            query, row -> new Players(row.getLong(1), row.getLong(2), row.getLong(3)), last)
                    .get(0);
            return found.equals(wanted)
                    ? Optional.empty()
                    : Optional.of(node + ": " + table + " has " + Plural.of(found.count, "player")
                            + (found.count == wanted.count ? ", but not the right ones" : "") + ", and data.scale = "
                            + settings.scale() + (sharded ? " with this shard map" : "") + " means " + wanted.count
                            + (sharded
                                    ? "; data.scale, external.shards and the section shards must be those of the run that"
                                            + " left them"
                                    : "; data.scale must be that of the run that left them"));
        } catch (SQLException e) {
            return Optional.of(node + ": " + table + " cannot be read: " + TopologyException.reason(e));
        }
    }
}
