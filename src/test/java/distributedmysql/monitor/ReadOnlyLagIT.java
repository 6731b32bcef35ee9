package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaGap;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lag behind what others write, measured without a write of our own. */
@Timeout(300)
@OwnServers
class ReadOnlyLagIT {
    private static final long SECOND = 1_000_000;

    private static ReplicaSet replicaSet;
    private static Node replica;

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                replicaSet.primary(),
                "CREATE DATABASE theirs",
                "CREATE TABLE theirs.t (id INT PRIMARY KEY, v INT)",
                "INSERT INTO theirs.t VALUES (1, 0)");
    }

    @Test
    void anIdlePrimaryHasNoLagAndNothingIsWritten() throws SQLException {
        Replication.awaitConvergence(replicaSet, Duration.ofSeconds(60));
        String before = GtidSets.executed(replicaSet.primary());
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(
                    lag,
                    () -> LagRig.figures(lag).probe().samples() > 30
                            && lag.result().beatMicros().samples() > 30);
            assertThat(LagRig.figures(lag).probe().max()).isZero();
            assertThat(lag.result().primaryIdle()).isTrue();
            assertThat(LagRig.figures(lag).secondsBehind().samples()).isPositive();
        }
        assertThat(GtidSets.executed(replicaSet.primary())).isEqualTo(before);
        assertThat(GtidSets.executed(replica)).isEqualTo(before);
    }

    @Test
    void growsWhileTheReplicaStandsStillAndNeverAboveTheTrueLag() throws Exception {
        AtomicBoolean writes = new AtomicBoolean(true);
        Thread writer = new Thread(() -> write(writes));
        writer.start();
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 10);
            long beforeStop = System.nanoTime();
            Replication.stopApplier(replica);
            LagRig.await(lag, () -> LagRig.newest(lag) > 3 * SECOND);
            long probe = LagRig.newest(lag);
            assertThat(lag.result().primaryIdle()).isFalse();
            assertThat(probe).isLessThanOrEqualTo((System.nanoTime() - beforeStop) / 1_000 + SECOND);
            Replication.startApplier(replica);
            LagRig.await(lag, () -> LagRig.newest(lag) < SECOND);
        } finally {
            writes.set(false);
            writer.join();
            Replication.startApplier(replica);
        }
    }

    @Test
    void theNewestPositionThatAReplicaHasIsFoundAmongManyAndTheOldestThatItLacksIsKept() throws Exception {
        Replication.awaitConvergence(replicaSet, Duration.ofSeconds(60));
        String executed = GtidSets.executed(replica);
        String own = replicaSet.primary().serverUuid() + ":1-";
        int last = Integer.parseInt(executed.substring(executed.lastIndexOf('-') + 1));
        assertThat(executed).isEqualTo(own + last);
        Map<Node, PendingBeats> pending = new LinkedHashMap<>();
        Map<Node, ReplicaGap> gaps = new LinkedHashMap<>();
        for (Node node : replicaSet.nodes()) {
            pending.put(node, new PendingBeats(SECOND * 1_000));
            gaps.put(node, new ReplicaGap());
        }
        try (PrimaryPositions positions = new PrimaryPositions(replicaSet, pending, gaps, new LoadWindow());
                Mysql session = Mysql.open(replica)) {
            assertThat(positions.newestVisible(replica, session)).isEqualTo(Beats.NONE_VISIBLE);
            positions.add(own + 1);
            positions.add(own + last);
            long same = positions.add(own + last);
            assertThat(positions.newestVisible(replica, session)).isEqualTo(same);

            for (int ahead = 1; ahead <= 100_000; ahead++) {
                positions.add(own + (last + ahead));
            }
            assertThat(positions.newestVisible(replica, session)).isEqualTo(same);
            TestSql.execute(replicaSet.primary(), "UPDATE theirs.t SET v = v + 1");
            Replication.awaitConvergence(replicaSet, Duration.ofSeconds(60));
            assertThat(positions.newestVisible(replica, session))
                    .as("exact up to 1/1024 of the standstill")
                    .isBetween(same + 1, same + 1 + 100_000 / 1024);
            assertThat(positions.add(own + (last + 1))).isEqualTo(same + 100_001);
        }
    }

    private static void write(AtomicBoolean goesOn) {
        try {
            while (goesOn.get()) {
                TestSql.execute(replicaSet.primary(), "UPDATE theirs.t SET v = v + 1");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
