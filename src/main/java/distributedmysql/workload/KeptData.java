package distributedmysql.workload;

import distributedmysql.config.DataSettings;
import distributedmysql.config.Plural;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What an earlier run has left on the servers ({@code external.keep-data}), for a run that may only read.
 *
 * @param ours whether there is a database of the framework's own whose tables can be compared
 * @param unreadable why the load cannot read its rows; empty if it can
 */
public record KeptData(boolean ours, Optional<String> unreadable) {

    /**
     * Looks, and writes nothing.
     *
     * @throws TopologyException if a server does not answer
     */
    public static KeptData look(Cluster cluster, DataSettings settings) {
        MarkedDatabase database = new MarkedDatabase(cluster, settings.database());
        if (!database.isOurs()) {
            return new KeptData(
                    false,
                    Optional.of("there is no database " + settings.database() + " of the framework's own that "
                            + cluster.primary().admin().user()
                            + " may read; a run that may write leaves one with external.keep-data = true"));
        }
        return new KeptData(
                true,
                cluster.nodes().stream()
                        .map(node -> unreadable(node, database, settings))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** Players are never inserted or deleted by a load, so exactly those that the scale gives must be there. */
    private static Optional<String> unreadable(Node node, MarkedDatabase database, DataSettings settings) {
        long wanted = new GameData(settings).players();
        String table = database.quotedName() + "." + GameSchema.PLAYERS.name();
        String query = "SELECT COUNT(*), COALESCE(SUM(player_id BETWEEN 1 AND ?), 0) FROM " + table;
        try (Connection connection = node.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, wanted);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) == wanted && row.getLong(2) == wanted
                        ? Optional.empty()
                        : Optional.of(node + ": " + table + " has " + Plural.of(row.getLong(1), "player")
                                + ", and data.scale = "
                                + settings.scale() + " means " + wanted
                                + "; data.scale must be that of the run that left them");
            }
        } catch (SQLException e) {
            return Optional.of(node + ": " + table + " cannot be read: " + TopologyException.reason(e));
        }
    }
}
