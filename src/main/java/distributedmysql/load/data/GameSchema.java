package distributedmysql.load.data;

import distributedmysql.load.data.Table.Column;
import java.util.List;

/** The tables of a small online game. Indexed as such a game would be; no foreign keys, as in most sharded games: a row is on
 * its player's shard. */
public final class GameSchema {
    public static final Table PLAYERS = new Table(
            "players",
            List.of(
                    new Column("player_id", "BIGINT NOT NULL"),
                    new Column("name", "VARCHAR(60) NOT NULL"),
                    new Column("level", "INT NOT NULL"),
                    new Column("gold", "BIGINT NOT NULL"),
                    new Column("created_at", "DATETIME(6) NOT NULL")),
            List.of());

    public static final Table INVENTORY = new Table(
            "inventory",
            List.of(
                    new Column("inventory_id", "BIGINT NOT NULL"),
                    new Column("player_id", "BIGINT NOT NULL"),
                    new Column("item_id", "INT NOT NULL"),
                    new Column("quantity", "INT NOT NULL")),
            List.of("KEY player_id (player_id)"));

    /** {@code detail} is JSON as text, so that its bytes are ours and not the server's normal form; NULL if none. */
    public static final Table GAME_LOGS = new Table(
            "game_logs",
            List.of(
                    new Column("log_id", "BIGINT NOT NULL"),
                    new Column("player_id", "BIGINT NOT NULL"),
                    new Column("event", "VARCHAR(30) NOT NULL"),
                    new Column("detail", "TEXT"),
                    new Column("created_at", "DATETIME(6) NOT NULL")),
            List.of("KEY player_id (player_id)"));

    public static final List<Table> TABLES = List.of(PLAYERS, INVENTORY, GAME_LOGS);

    private GameSchema() {}

    /** The position of the column by which rows of the table are sharded. */
    static int playerColumn(Table table) {
        return table.columns().stream().map(Column::name).toList().indexOf("player_id");
    }
}
