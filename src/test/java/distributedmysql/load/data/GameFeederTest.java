package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GameFeederTest {
    private final GameData data = new GameData(3, 0.01);
    private final GameStatements statements = new GameStatements("game_db");

    @Test
    void keysAreAboveTheLoadedOnesAndUniqueAmongConcurrentUsers() throws Exception {
        GameFeeder feeder = new GameFeeder(data);
        ConcurrentLinkedQueue<Map<String, Object>> fed = new ConcurrentLinkedQueue<>();
        Iterator<Map<String, Object>> purchases = feeder.forOperation(statements.purchase());
        Iterator<Map<String, Object>> quests = feeder.forOperation(statements.insertGameLog());
        Callable<Void> user = () -> {
            for (int i = 0; i < 2_500; i++) {
                fed.add(purchases.next());
                fed.add(quests.next());
            }
            return null;
        };
        ExecutorService users = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> ended :
                    users.invokeAll(IntStream.range(0, 8).mapToObj(i -> user).toList())) {
                ended.get();
            }
        } finally {
            users.shutdownNow();
        }

        Set<Object> logs = new HashSet<>();
        Set<Object> inventory = new HashSet<>();
        for (Map<String, Object> values : fed) {
            logs.add(values.get("logId"));
            if (values.containsKey("inventoryId")) {
                inventory.add(values.get("inventoryId"));
            }
        }
        assertThat(logs).hasSize(40_000).allMatch(id -> (Long) id > data.rows(GameSchema.GAME_LOGS));
        assertThat(inventory).hasSize(20_000).allMatch(id -> (Long) id > data.rows(GameSchema.INVENTORY));
    }

    @Test
    void everyPlayerComesEquallyOftenAndRangesAreOfLoadedPlayers() {
        GameFeeder feeder = new GameFeeder(data);
        Iterator<Map<String, Object>> players = feeder.forOperation(statements.selectPlayer());
        Iterator<Map<String, Object>> ranges = feeder.forOperation(statements.selectTopPlayersInRange());
        Map<Long, Integer> times = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            times.merge((Long) players.next().get("playerId"), 1, Integer::sum);
            Map<String, Object> values = ranges.next();
            long from = (Long) values.get("rangeFrom");
            assertThat(from).isPositive();
            assertThat((Long) values.get("rangeTo")).isEqualTo(from + 19).isLessThanOrEqualTo(data.players());
        }

        // 200 players, each expected 100 times, standard deviation 10: five of them on either side.
        assertThat(times).hasSize(200);
        assertThat(times.values()).allMatch(count -> count > 50 && count < 150);
    }

    @Test
    void theSameSeedFeedsTheSameValues() {
        assertThat(first(new GameFeeder(data))).isEqualTo(first(new GameFeeder(new GameData(3, 0.01))));
        assertThat(first(new GameFeeder(data))).isNotEqualTo(first(new GameFeeder(new GameData(4, 0.01))));
    }

    @Test
    void everyWrittenRowIsFedWithItsMd5() {
        GameFeeder feeder = new GameFeeder(data);
        Map<String, Object> paid = feeder.forOperation(statements.purchase()).next();
        Map<String, Object> done =
                feeder.forOperation(statements.insertGameLog()).next();

        List<Object> player = new ArrayList<>(
                data.row(GameSchema.PLAYERS, (Long) paid.get("playerId")).content());
        player.set(3, paid.get("gold"));
        assertThat(paid)
                .containsEntry("playerMd5", Row.md5Of(player))
                .containsEntry("inventoryMd5", md5(paid, "inventoryId", "playerId", "itemId", "quantity"))
                .containsEntry("purchaseMd5", logMd5(paid, "purchase", "purchaseDetail"));
        assertThat(done).containsEntry("questMd5", logMd5(done, "quest", "questDetail"));
    }

    private static String md5(Map<String, Object> values, String... names) {
        return Row.md5Of(Stream.of(names).map(values::get).toList());
    }

    private static String logMd5(Map<String, Object> values, String event, String detail) {
        return Row.md5Of(List.of(
                values.get("logId"), values.get("playerId"), event, values.get(detail), values.get("createdAt")));
    }

    private List<Map<String, Object>> first(GameFeeder feeder) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (Share share : statements.mixed()) {
            Iterator<Map<String, Object>> operation = feeder.forOperation(share.operation());
            for (int i = 0; i < 10; i++) {
                values.add(operation.next());
            }
        }
        return values;
    }
}
