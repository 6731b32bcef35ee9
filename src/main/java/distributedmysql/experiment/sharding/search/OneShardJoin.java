package distributedmysql.experiment.sharding.search;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.util.List;

/**
 * What one shard answers to the SQL of the join of all players with their guilds, which it knows only some of.
 *
 * @param rows by player, with the guild's name; none if there was no answer
 * @param failure null if it answered
 */
record OneShardJoin(List<Row> rows, String failure) {
    /** One row. */
    record Row(Player player, String guildName) {}

    static OneShardJoin of(List<Row> rows) {
        return new OneShardJoin(rows, null);
    }

    /** Blocks. A server that does not answer is no reason to lose what was measured before. */
    static OneShardJoin read(Node node, String join) {
        try {
            return of(Mysql.ask(
                    node,
                    "join players with guilds",
                    session -> session.rows(
                            join,
                            row -> new Row(
                                    new Player(row.getLong(1), row.getString(2), row.getLong(3)), row.getString(4)))));
        } catch (TopologyException e) {
            return new OneShardJoin(List.of(), e.getMessage());
        }
    }

    boolean isMissing() {
        return failure != null;
    }
}
