package distributedmysql.load.data;

import static distributedmysql.load.data.GameSchema.GAME_LOGS;
import static distributedmysql.load.data.GameSchema.INVENTORY;
import static distributedmysql.load.data.GameSchema.PLAYERS;

import java.util.List;

/**
 * The statements of our loads. Each names its database, so that it means the same on every connection, and
 * every write sets a row's content and its MD5 together; the client computes both. {@link GameFeeder} has the session
 * variables. Immutable.
 */
public final class GameStatements {
    private final String database;

    /**
     * @param database {@code data.database}
     */
    public GameStatements(String database) {
        this.database = MarkedDatabase.quoted(database);
    }

    /** By primary key, all columns. */
    public SqlOperation selectPlayer() {
        return SqlOperation.read(new SqlStatement(
                "select player",
                "SELECT " + PLAYERS.columnList() + " FROM " + of(PLAYERS) + " WHERE player_id = ?",
                List.of("playerId")));
    }

    /** A range of a secondary index, all columns. */
    public SqlOperation selectInventoryOfPlayer() {
        return SqlOperation.read(new SqlStatement(
                "select inventory of player",
                "SELECT " + INVENTORY.columnList() + " FROM " + of(INVENTORY)
                        + " WHERE player_id = ? ORDER BY inventory_id",
                List.of("playerId")));
    }

    /** A range of the primary key, sorted by another column. */
    public SqlOperation selectTopPlayersInRange() {
        return SqlOperation.read(new SqlStatement(
                "select top players in range",
                "SELECT player_id, name, level, gold FROM " + of(PLAYERS)
                        + " WHERE player_id BETWEEN ? AND ? ORDER BY gold DESC, player_id LIMIT 10",
                List.of("rangeFrom", "rangeTo")));
    }

    public SqlOperation updatePlayerGold() {
        return SqlOperation.write(updateGold("update player gold"));
    }

    public SqlOperation insertGameLog() {
        return SqlOperation.write(insertLog("insert game log", GameFeeder.QUEST, "questDetail", "questMd5"));
    }

    /** A player pays for an item and gets it, and both are logged: all of it or nothing. */
    public SqlOperation purchase() {
        return new SqlOperation(
                "purchase",
                false,
                List.of(
                        updateGold("purchase: update player gold"),
                        new SqlStatement(
                                "purchase: insert inventory",
                                INVENTORY.insertStatement(database),
                                List.of("inventoryId", "playerId", "itemId", "quantity", "inventoryMd5")),
                        insertLog("purchase: insert game log", GameFeeder.PURCHASE, "purchaseDetail", "purchaseMd5")));
    }

    /** The mix of the stage {@code mixed}: 70 % reads, 20 % updates, 10 % inserts. */
    public List<Share> mixed() {
        return List.of(
                new Share(selectPlayer(), 50),
                new Share(selectInventoryOfPlayer(), 10),
                new Share(selectTopPlayersInRange(), 10),
                new Share(updatePlayerGold(), 15),
                new Share(purchase(), 5),
                new Share(insertGameLog(), 10));
    }

    /** The texts of all statements. */
    public List<String> texts() {
        return mixed().stream()
                .flatMap(share -> share.operation().statements().stream())
                .map(SqlStatement::text)
                .toList();
    }

    private SqlStatement updateGold(String name) {
        String text = "UPDATE " + of(PLAYERS) + " SET gold = ?, " + Table.MD5 + " = ? WHERE player_id = ?";
        return new SqlStatement(name, text, List.of("gold", "playerMd5", "playerId"));
    }

    private SqlStatement insertLog(String name, String event, String detail, String md5) {
        String text = "INSERT INTO " + of(GAME_LOGS) + " (" + GAME_LOGS.columnList() + ") VALUES (?, ?, '" + event
                + "', ?, ?, ?)";
        return new SqlStatement(name, text, List.of("logId", "playerId", detail, "createdAt", md5));
    }

    private String of(Table table) {
        return database + "." + table.name();
    }
}
