package distributedmysql.load.data;

import distributedmysql.config.DataSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What an earlier run has left on the servers ({@code external.keep-data}), for a run that may only read.
 *
 * @param ours whether there is a database of the framework's own whose tables can be compared
 * @param unreadable why the load cannot read its rows; empty if it can
 */
public record KeptData(boolean ours, Optional<String> unreadable) {
    private record Found(long players, long wanted) {}

    /**
     * Looks, and writes nothing.
     *
     * @throws TopologyException if a server does not answer
     */
    public static KeptData look(ReplicaSet replicaSet, DataSettings settings) {
        MarkedDatabase database = new MarkedDatabase(replicaSet, settings.database());
        if (!database.isOurs()) {
            return new KeptData(
                    false,
                    Optional.of("there is no database " + settings.database() + " of the framework's own that "
                            + replicaSet.primary().admin().user()
                            + " may read; a run that may write leaves one with external.keep-data = true"));
        }
        return new KeptData(
                true,
                replicaSet.nodes().stream()
                        .map(node -> unreadable(node, database, settings))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** Players are never inserted or deleted by a load, so exactly those that the scale gives must be there. */
    private static Optional<String> unreadable(Node node, MarkedDatabase database, DataSettings settings) {
        long wanted = new GameData(settings).players();
        String table = database.quotedName() + "." + GameSchema.PLAYERS.name();
        String query = "SELECT COUNT(*), COALESCE(SUM(player_id BETWEEN 1 AND ?), 0) FROM " + table;
        try (Mysql session = Mysql.open(node)) {
            Found found = session.rows(query, row -> new Found(row.getLong(1), row.getLong(2)), wanted)
                    .get(0);
            return found.players == wanted && found.wanted == wanted
                    ? Optional.empty()
                    : Optional.of(node + ": " + table + " has " + Plural.of(found.players, "player")
                            + ", and data.scale = "
                            + settings.scale() + " means " + wanted
                            + "; data.scale must be that of the run that left them");
        } catch (SQLException e) {
            return Optional.of(node + ": " + table + " cannot be read: " + TopologyException.reason(e));
        }
    }
}
