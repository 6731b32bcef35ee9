package distributedmysql.experiment.sharding.routed;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.Route;
import distributedmysql.load.data.ShardedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.shard.Modulo;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same players by two routers: ours, and ShardingSphere-JDBC, which asks our shard map. */
@OwnServers(shards = 3)
class ShardingSphereIT {
    private static final String DATABASE = TestServers.settings().data().database();
    private static final ConnectionSettings CONNECTION = TestServers.connection(16, Duration.ofSeconds(5));
    private static final int PLAYERS = 1_000;
    private static final int LEVELS = 20;
    private static final int CLIENTS = 4;
    private static final SavesTable SAVES = SavesTable.of(DATABASE, "saves");
    private static final String SEARCH =
            "SELECT player_id, state FROM " + SAVES.name() + " WHERE state LIKE ? ORDER BY player_id LIMIT 1000";
    private static final String COUNT = "SELECT COUNT(*) FROM " + SAVES.name();

    private static Shards shards;
    private static ConnectionPools pools;
    private static Router own;
    private static SphereSource source;
    private static Router sphere;

    @BeforeAll
    static void addPlayers(Deployment deployment) throws SQLException {
        shards = deployment.shards();
        new ShardedDatabase(shards, DATABASE).prepare();
        shards.all().forEach(set -> SAVES.create(set.primary(), new BitSet()));
        converge();
        pools = new ConnectionPools(shards, DATABASE, CONNECTION, null);
        own = new OwnRouter((Route) new ConnectionFeeder(shards, pools).next().get(ConnectionFeeder.KEY));
        source = new SphereSource(shards, DATABASE, "saves", Strategy.RING, CONNECTION);
        sphere = new SphereRouter(source);
        for (int player = 1; player <= PLAYERS; player++) {
            assertThat(add(player % 2 == 0 ? own : sphere, SAVES, player)).isOne();
        }
        converge();
    }

    private static int add(Router router, SavesTable table, int player) throws SQLException {
        String text = "INSERT INTO " + table.name() + " (player_id, saves, state) VALUES (?, ?, ?)";
        return router.write(player, text, player, 0, state());
    }

    private static String state() {
        return "{\"level\": " + ThreadLocalRandom.current().nextInt(1, LEVELS + 1) + ", \"position\": [0, 0, 0]}";
    }

    private static void converge() {
        shards.all().forEach(set -> Replication.awaitConvergence(set, Duration.ofSeconds(30)));
    }

    @AfterAll
    static void close() throws Exception {
        source.close();
        pools.close();
    }

    @Test
    @DisplayName(
            "What one has saved, the other one loads, searches and counts; each player is on its shard with all saves")
    void sameAnswersAndWhatTheyCost() throws Exception {
        Saves saves = new Saves(PLAYERS);
        assertSameAnswers();
        for (int round = 1; round <= 2; round++) {
            turn("ours: saves and loads", () -> saveOrLoad(own, saves));
            turn("ShardingSphere: saves and loads", () -> saveOrLoad(sphere, saves));
            turn("ours: searches", () -> search(own));
            turn("ShardingSphere: searches", () -> search(sphere));
            turn("ours: counts", () -> assertThat(own.count(COUNT)).isEqualTo(PLAYERS));
            turn("ShardingSphere: counts", () -> assertThat(sphere.count(COUNT)).isEqualTo(PLAYERS));
        }
        converge();
        assertSameAnswers();

        read(SAVES, saves);
        CheckResult result = check(saves);
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
    }

    private static void turn(String what, Turn.Request request) throws Exception {
        System.out.println(Turn.play(what, CLIENTS, request).console());
    }

    private static void saveOrLoad(Router router, Saves saves) throws SQLException {
        int player = ThreadLocalRandom.current().nextInt(1, PLAYERS + 1);
        if (ThreadLocalRandom.current().nextBoolean()) {
            saves.send(player);
            assertThat(router.write(player, SAVES.save(), state(), player)).isOne();
            saves.acknowledge(player);
        } else {
            assertThat(load(router, player)).isNotNegative();
        }
    }

    private static int load(Router router, int player) throws SQLException {
        return router.read(player, SAVES.load(), statement -> {
            statement.setInt(1, player);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : -1;
            }
        });
    }

    private static Map<Integer, String> search(Router router) throws SQLException {
        return router.search(SEARCH, part(ThreadLocalRandom.current().nextInt(1, LEVELS + 1)));
    }

    private static String part(int level) {
        return "%\"level\": " + level + ",%";
    }

    private static void assertSameAnswers() throws SQLException {
        for (int player = 1; player <= PLAYERS; player++) {
            assertThat(load(sphere, player))
                    .as("player " + player)
                    .isNotNegative()
                    .isEqualTo(load(own, player));
        }
        int found = 0;
        for (int level = 1; level <= LEVELS; level++) {
            Map<Integer, String> ours = own.search(SEARCH, part(level));
            assertThat(sphere.search(SEARCH, part(level))).isEqualTo(ours);
            found += ours.size();
        }
        assertThat(found).isEqualTo(PLAYERS);
        assertThat(sphere.count(COUNT)).isEqualTo(PLAYERS).isEqualTo(own.count(COUNT));
    }

    @Test
    @DisplayName("With another map it puts players on other shards, and each of them is named")
    void anotherMapIsNamed() throws Exception {
        SavesTable table = SavesTable.of(DATABASE, "saves_by_modulo");
        shards.all().forEach(set -> table.create(set.primary(), new BitSet()));
        Saves saves = new Saves(300);
        try (SphereSource wrong = new SphereSource(shards, DATABASE, "saves_by_modulo", Strategy.MODULO, CONNECTION)) {
            for (int player = 1; player <= saves.players(); player++) {
                add(new SphereRouter(wrong), table, player);
                saves.send(player);
                saves.acknowledge(player);
            }
        }
        converge();
        read(table, saves);

        CheckResult result = check(saves);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        Modulo modulo = new Modulo(3);
        for (Node node : shards.nodes()) {
            int shard = shards.shardOf(node);
            BitSet foreign = IntStream.rangeClosed(1, saves.players())
                    .filter(player ->
                            modulo.shardOf(player) == shard && shards.map().shardOf(player) != shard)
                    .collect(BitSet::new, BitSet::set, BitSet::or);
            assertThat(result.evidence())
                    .contains(node.name() + " (" + Shards.name(shard) + "): players of another shard: "
                            + IdSet.of(foreign));
        }
    }

    private static void read(SavesTable table, Saves saves) {
        for (Node node : shards.nodes()) {
            saves.holds(new Saves.Contents(shards.shardOf(node), node.name(), table.read(node), Optional.empty()));
        }
    }

    private static CheckResult check(Saves saves) {
        return RoutedChecks.check(
                saves, saves.contents(), player -> shards.map().shardOf(player));
    }
}
