package distributedmysql.experiment.sharding.routed;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.load.data.ShardedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Players who are saved on three real shards, and then what somebody does by hand. */
@OwnServers(shards = 3)
class RoutedIT {
    private static final String DATABASE = TestServers.settings().data().database();
    private static final int PLAYERS = 60;

    private final SavesTable table = SavesTable.of(DATABASE, "saves");
    private final DailyLogs logs = DailyLogs.of(DATABASE, "save_logs");
    private Shards shards;
    private Saves saves;

    @BeforeEach
    void save(Deployment deployment) {
        shards = deployment.shards();
        saves = new Saves(PLAYERS);
        new ShardedDatabase(shards, DATABASE).prepare();
        for (int shard = 0; shard < shards.all().size(); shard++) {
            int own = shard;
            Node primary = shards.all().get(shard).primary();
            logs.create(primary);
            table.create(
                    primary,
                    IntStream.rangeClosed(1, PLAYERS)
                            .filter(player -> shards.map().shardOf(player) == own)
                            .collect(BitSet::new, BitSet::set, BitSet::or));
        }
        IntStream.rangeClosed(1, PLAYERS).forEach(this::save);
    }

    private void save(int player) {
        saves.send(player);
        Instant now = Instant.now();
        Mysql.run(shards.of(player).primary(), "save a player", session -> {
            session.execute("START TRANSACTION");
            session.execute(table.save(), "{}", player);
            session.execute(logs.insert(logs.dayOf(now)), player, DailyLogs.text(now));
            session.execute("COMMIT");
        });
        saves.acknowledge(player);
    }

    private CheckResult check() {
        for (Node node : shards.nodes()) {
            Replication.awaitConvergence(shards.all().get(shards.shardOf(node)), Duration.ofSeconds(30));
            saves.holds(new Saves.Contents(
                    shards.shardOf(node), node.name(), table.read(node), Optional.of(logs.read(node))));
        }
        return RoutedChecks.check(
                saves, saves.contents(), player -> shards.map().shardOf(player));
    }

    @Test
    @DisplayName("As they are saved, all of them are where they belong")
    void valid() {
        CheckResult result = check();

        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("60 acknowledged saves of 60 players on 6 servers");
    }

    @Test
    @DisplayName(
            "A save that is moved to another shard, doubled there, missing, or lost, or has no log, is named on each server")
    void planted() {
        int moved = player(0, 0);
        int missing = player(0, 1);
        int lost = player(0, 2);
        int doubled = player(1, 0);
        int unlogged = player(1, 1);
        on(0, "DELETE FROM " + table.name() + " WHERE player_id IN (?, ?)", moved, missing);
        on(2, "INSERT INTO " + table.name() + " VALUES (?, 1, '{}')", moved);
        on(0, "UPDATE " + table.name() + " SET saves = 0 WHERE player_id = ?", lost);
        on(2, "INSERT INTO " + table.name() + " VALUES (?, 1, '{}')", doubled);
        on(1, "DELETE FROM " + logs.table(0) + " WHERE player_id = ?", unlogged);

        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        for (int number = 1; number <= 2; number++) {
            assertThat(result.evidence())
                    .contains(
                            "shard1-node" + number + " (shard1): players not there: " + ids(moved, missing) + "; ",
                            "shard1-node" + number + " (shard1): players with fewer saves than were acknowledged: "
                                    + ids(lost) + "; ",
                            "shard2-node" + number + " (shard2): players with more or fewer logs than saves: "
                                    + ids(unlogged) + "; ",
                            "shard3-node" + number + " (shard3): players of another shard: " + ids(moved, doubled)
                                    + "; ");
        }
    }

    @Test
    @DisplayName("What is missing on one replica alone is named with that replica")
    void onAReplica() {
        ReplicaSet second = shards.all().get(1);
        Replication.awaitConvergence(second, Duration.ofSeconds(30));
        Node replica = second.replicas().get(0);
        int missing = player(1, 0);
        Replication.setReadOnly(replica, false);
        Mysql.run(replica, "plant", session -> {
            session.execute("SET SESSION sql_log_bin = OFF");
            session.execute("DELETE FROM " + table.name() + " WHERE player_id = ?", missing);
        });
        Replication.setReadOnly(replica, true);

        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith("shard2-node2 (shard2): players not there: " + ids(missing) + "; 60 ");
    }

    /** One of a shard's players. */
    private int player(int shard, int which) {
        return IntStream.rangeClosed(1, PLAYERS)
                .filter(player -> shards.map().shardOf(player) == shard)
                .skip(which)
                .findFirst()
                .orElseThrow();
    }

    private void on(int shard, String sql, Object... parameters) {
        Mysql.execute(shards.all().get(shard).primary(), sql, parameters);
    }

    private static IdSet ids(int... players) {
        return IdSet.of(IntStream.of(players).collect(BitSet::new, BitSet::set, BitSet::or));
    }
}
