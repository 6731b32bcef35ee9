package distributedmysql.workload;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The session variables of {@link GameStatements}, for one operation each; never ends. Which values come, and in which
 * order, follows from the seed. Thread-safe, without locks.
 *
 * <p>{@code inventoryId} and {@code logId} are above those of the loaded rows and never come twice, so there must be one
 * feeder for all stages of a run, and each operation must be fed anew.
 */
public final class GameFeeder implements Iterator<Map<String, Object>> {
    private static final int STREAM = GameSchema.TABLES.size();
    private static final long RANGE = 20;

    private final GameData data;
    private final long loadedInventory;
    private final long loadedLogs;
    private final AtomicLong fed = new AtomicLong();

    /**
     * @param data what has been loaded
     */
    public GameFeeder(GameData data) {
        this.data = data;
        this.loadedInventory = data.rows(GameSchema.INVENTORY);
        this.loadedLogs = data.rows(GameSchema.GAME_LOGS);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Map<String, Object> next() {
        long n = fed.incrementAndGet();
        SeededRandom random = new SeededRandom(data.seed(), STREAM, n);
        long rangeFrom = random.between(1, data.players() - RANGE + 1);
        return Map.of(
                "playerId", random.between(1, data.players()),
                "rangeFrom", rangeFrom,
                "rangeTo", rangeFrom + RANGE - 1,
                "amount", random.between(1, 100),
                "price", random.between(1, 300),
                "itemId", random.between(1, GameData.ITEMS),
                "quantity", random.between(1, 99),
                "score", random.between(0, 100_000),
                "inventoryId", loadedInventory + n,
                "logId", loadedLogs + n);
    }
}
