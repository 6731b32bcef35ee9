package distributedmysql.load.data;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The session variables of {@link GameStatements}, for one operation each. Thread-safe, without locks; so are its
 * iterators, which never end.
 *
 * <p>What the n-th operation of a run gets follows from the seed, n and which operation it is. Values are {@link Long}s
 * or texts; none holds a single quote or a backslash. Keys of new rows are above those of the loaded rows and never
 * come twice, so there must be one feeder for all stages of a run, and each operation must be fed anew.
 */
public final class GameFeeder {
    /** The events of the logs that the load writes. */
    static final String QUEST = "quest";

    static final String PURCHASE = "purchase";
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

    /** Maps with exactly the variables that the operation's statements name: none pays for the rows of another. */
    public Iterator<Map<String, Object>> forOperation(SqlOperation operation) {
        Set<String> names = operation.statements().stream()
                .flatMap(statement -> statement.parameters().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map<String, Object> next() {
                return values(names);
            }
        };
    }

    private Map<String, Object> values(Set<String> names) {
        long n = fed.incrementAndGet();
        SeededRandom random = new SeededRandom(data.seed(), STREAM, n);
        long player = random.between(1, data.players());
        Map<String, Object> values = new HashMap<>();
        values.put("playerId", player);
        if (names.contains("rangeFrom")) {
            long from = random.between(1, data.players() - RANGE + 1);
            values.put("rangeFrom", from);
            values.put("rangeTo", from + RANGE - 1);
        }
        if (names.contains("playerMd5")) {
            long gold = random.between(0, GameData.MOST_GOLD);
            values.put("gold", gold);
            values.put("playerMd5", data.playerWithGold(player, gold).md5());
        }
        if (names.contains("questMd5")) {
            String detail = "{\"score\": " + random.between(0, 100_000) + "}";
            values.put("questDetail", detail);
            values.put("questMd5", log(n, player, QUEST, detail, random, values));
        }
        if (names.contains("purchaseMd5")) {
            purchase(n, player, random, values);
        }
        values.keySet().retainAll(names);
        return values;
    }

    private void purchase(long n, long player, SeededRandom random, Map<String, Object> values) {
        long inventory = loadedInventory + n;
        long item = random.between(1, GameData.ITEMS);
        long quantity = random.between(1, 99);
        values.put("inventoryId", inventory);
        values.put("itemId", item);
        values.put("quantity", quantity);
        values.put("inventoryMd5", Row.of(inventory, player, item, quantity).md5());
        String detail = "{\"item\": " + item + ", \"price\": " + random.between(1, 300) + "}";
        values.put("purchaseDetail", detail);
        values.put("purchaseMd5", log(n, player, PURCHASE, detail, random, values));
    }

    /** @return the row's MD5 */
    private String log(
            long n, long player, String event, String detail, SeededRandom random, Map<String, Object> values) {
        long id = loadedLogs + n;
        LocalDateTime createdAt = GameData.time(random);
        values.put("logId", id);
        // As text, which no time zone of driver or session can shift, and which the plugin can put into a statement.
        values.put("createdAt", Row.text(createdAt));
        return Row.of(id, player, event, detail, createdAt).md5();
    }
}
