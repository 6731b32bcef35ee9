package distributedmysql.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GameFeederTest {
    private final GameData data = new GameData(3, 0.01);

    @Test
    void keysAreAboveTheLoadedOnesAndUniqueAmongConcurrentUsers() throws Exception {
        GameFeeder feeder = new GameFeeder(data);
        ConcurrentLinkedQueue<Map<String, Object>> fed = new ConcurrentLinkedQueue<>();
        Callable<Void> user = () -> {
            for (int i = 0; i < 5_000; i++) {
                fed.add(feeder.next());
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
            inventory.add(values.get("inventoryId"));
        }
        assertThat(logs).hasSize(40_000).allMatch(id -> (Long) id > data.rows(GameSchema.GAME_LOGS));
        assertThat(inventory).hasSize(40_000).allMatch(id -> (Long) id > data.rows(GameSchema.INVENTORY));
    }

    @Test
    void everyPlayerComesEquallyOftenAndRangesAreOfLoadedPlayers() {
        GameFeeder feeder = new GameFeeder(data);
        Map<Long, Integer> times = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> values = feeder.next();
            times.merge((Long) values.get("playerId"), 1, Integer::sum);
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

    private static List<Map<String, Object>> first(GameFeeder feeder) {
        List<Map<String, Object>> values = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            values.add(feeder.next());
        }
        return values;
    }
}
