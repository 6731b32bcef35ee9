package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.ServerCounts;
import distributedmysql.config.Settings;
import distributedmysql.gatling.EveryShardSimulation.Turn;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.report.Stage;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests to every shard in real Gatling runs; {@link EveryShardSimulation} has the cases. Shard n has the rows n and 10 n. */
@OwnServers(shards = 3)
class EveryShardIT {
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(5);

    private static Shards shards;

    @BeforeAll
    static void play(Deployment deployment) throws SQLException {
        shards = deployment.shards();
        Settings settings = TestServers.settings();
        String database = settings.data().database();
        for (int shard = 0; shard < 3; shard++) {
            ReplicaSet set = shards.all().get(shard);
            new MarkedDatabase(set, database).prepare();
            String table = " (id INT PRIMARY KEY)";
            TestSql.execute(set.primary(), "CREATE TABLE " + database + ".t" + table);
            int first = shard + 1;
            TestSql.execute(
                    set.primary(), "INSERT INTO " + database + ".t VALUES (" + first + "), (" + 10 * first + ")");
            if (shard < 2) {
                TestSql.execute(set.primary(), "CREATE TABLE " + database + ".of_two" + table);
                TestSql.execute(set.primary(), "INSERT INTO " + database + ".of_two VALUES (" + first + ")");
            }
            Replication.awaitConvergence(set, Duration.ofSeconds(30));
        }
        play(database, Turn.ALL_ANSWER, 20);
        // Only the connections that the user keeps are there.
        play(database, Turn.OWN_THREAD, 1);
        for (Node node : shards.all().get(1).nodes()) {
            node.control().orElseThrow().kill();
        }
        play(database, Turn.ONE_IS_DEAD, 20);
    }

    private static void play(String database, Turn turn, int poolSize) {
        try (ConnectionPools pools =
                new ConnectionPools(shards, database, TestServers.connection(poolSize, POOL_TIMEOUT), null)) {
            EveryShardSimulation.connections = new ConnectionFeeder(shards, pools);
            EveryShardSimulation.turn = turn;
            String[] arguments = {"-s", EveryShardSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
            assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
        }
    }

    @Test
    void rowsOfAllShardsAreTogether() {
        assertThat(ids("all")).containsExactly(1, 10, 2, 20, 3, 30);
        assertThat(ids("whole")).containsExactly(1, 10, 2, 20, 3, 30);
        assertThat(EveryShardSimulation.ended.get("whole").getList("missing")).isEmpty();
    }

    @Test
    @DisplayName("Each shard's statement is counted for the replica that has executed it, and for no other server")
    void statementsAreCountedForTheirServers() {
        for (String name : List.of("all", "without checks")) {
            for (ReplicaSet set : shards.all()) {
                assertThat(counts(name, set.replicas().get(0)))
                        .containsExactly(
                                new ServerCounts.Client(set.replicas().get(0).name(), EveryShardSimulation.ALL, 1, 0));
                assertThat(counts(name, set.primary())).isEmpty();
            }
            assertThat(stage(name).requests()).isEqualTo(1);
        }
    }

    @Test
    void shardsAreAskedAtTheSameTime() {
        assertTogether("side by side");
        assertThat(stage("side by side").latencyMicros().max()).isGreaterThan(1_000_000L);
    }

    @Test
    void aUserWithAThreadOfItsOwnAsksAllOfThemToo() {
        assertTogether("own thread");
    }

    private static void assertTogether(String name) {
        List<Map<String, Object>> rows = succeeded(name).getList("rows");
        assertThat(rows).hasSize(3);
        LocalDateTime lastBegan = Collections.max(times(rows, "began"));
        assertThat(lastBegan).isBefore(Collections.min(times(rows, "ended")));
    }

    private static List<LocalDateTime> times(List<Map<String, Object>> rows, String column) {
        return rows.stream().map(row -> (LocalDateTime) row.get(column)).toList();
    }

    @Test
    @DisplayName("A request fails if it fails on one shard, and the error names that")
    void oneThatFailsFailsTheRequest() {
        assertFailed("fails", "42S02", "shard3: Table '");
        assertFailed("dead", "08S01", "shard2: Communications link failure");
    }

    @Test
    @DisplayName("A partial answer says which shard is missing: to the session, and in the report")
    void partialAnswersSaySo() {
        assertPartial("partial", "shard3", 1, 2);
        assertPartial("dead, partial", "shard2", 1, 10, 3, 30);
        assertPartial("dead, partial, own thread", "shard2", 1, 10, 3, 30);
    }

    @Test
    void withoutAnyAnswerARequestFails() {
        assertFailed("none answers", "42S02", "shard1, shard2, shard3: Table '");
    }

    private static void assertPartial(String name, String missing, Object... ids) {
        assertThat(ids(name)).containsExactly(ids);
        assertThat(EveryShardSimulation.ended.get(name).getList("missing")).containsExactly(missing);
        assertThat(stage(name).byRequest().get(0).missingShards()).containsExactly(new Stage.MissingShard(missing, 1));
    }

    private static void assertFailed(String name, String sqlState, String message) {
        assertThat(EveryShardSimulation.ended.get(name).isFailed()).isTrue();
        assertThat(stage(name).byRequest().get(0).errorCounts()).singleElement().satisfies(error -> {
            assertThat(error.sqlState()).isEqualTo(sqlState);
            assertThat(error.message()).startsWith(message);
        });
    }

    private static List<Object> ids(String name) {
        List<Map<String, Object>> rows = succeeded(name).getList("rows");
        return rows.stream().map(row -> row.get("id")).toList();
    }

    private static Session succeeded(String name) {
        assertThat(stage(name).errors()).isEmpty();
        return EveryShardSimulation.ended.get(name);
    }

    private static Stage stage(String name) {
        return EveryShardSimulation.recorded.get(name).measured().map(Stage::of).orElseThrow();
    }

    private static List<ServerCounts.Client> counts(String name, Node node) {
        return EveryShardSimulation.recorded.get(name).executions(node, text -> text);
    }
}
