package distributedmysql.experiment.sharding.search;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.util.List;

/**
 * What one shard answers to the SQL of the join of all players with their guilds, which it knows only some of.
 *
 * @param rows by player, with the guild's name
 */
record OneShardJoin(List<Row> rows) {
    /** One row. */
    record Row(Player player, String guildName) {}

    /** Blocks. */
    static OneShardJoin read(Node node, String join) {
        return new OneShardJoin(Mysql.ask(
                node,
                "join players with guilds",
                session -> session.rows(
                        join,
                        row -> new Row(
                                new Player(row.getLong(1), row.getString(2), row.getLong(3)), row.getString(4)))));
    }
}
