package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.monitor.ReplicaLag.ServerLag;
import distributedmysql.topology.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplicationLagIT extends LagRigTests {
    @Test
    void aHealthyReplicaIsSampledTenTimesASecondInEachWay() throws Exception {
        rig.onPrimary("CREATE TABLE " + LagRig.DATABASE + ".load_rows (id INT)");
        ReplicaLag before = rig.figures();
        long begun = System.nanoTime();
        rig.await("100 samples of each way, and more than are missing, under load", () -> {
            rig.onPrimary("INSERT INTO " + LagRig.DATABASE + ".load_rows VALUES (1), (2), (3)");
            return ways(rig.figures()).stream().allMatch(way -> way.samples() > Math.max(100, way.missing()));
        });
        double seconds = (System.nanoTime() - begun) / 1e9;
        ReplicaLag after = rig.figures();
        for (int way = 0; way < 3; way++) {
            LagStatistics now = ways(after).get(way);
            LagStatistics then = ways(before).get(way);
            long due = now.samples() + now.missing() - then.samples() - then.missing();
            assertThat(due / seconds).as("readings per second, way %s", way).isGreaterThan(10);
        }
        assertThat(after.probe().avg()).isBetween(0L, after.probe().max());
    }

    @Test
    void statisticsAreOfTheLoadsTimeAndTheSeriesMarksIt() throws Exception {
        try (ReplicationLag lag = new ReplicationLag(
                rig.replicaSet, LagRig.DATABASE, System.nanoTime(), LagRig.SAMPLE_INTERVAL, LagRig.BEAT_INTERVAL)) {
            lag.start();
            rig.await("a series", () -> lag.result().replicas().get(0).series().size() > 3);
            assertThat(lag.result().loadFromMillis()).isNull();
            assertThat(lag.result().replicas().get(0).probe().samples()).isZero();
            lag.loadBegins(Duration.ofMillis(1_000));
            rig.await("the load's end and 1 s", () -> reaches(lag, 1_000));
            ReplicationLagResult atEnd = lag.result();
            assertThat(atEnd.loadToMillis() - atEnd.loadFromMillis()).isBetween(999L, 1_001L);
            ReplicaLag figures = atEnd.replicas().get(0);
            for (LagStatistics way : ways(figures)) {
                assertThat(way.samples() + way.missing())
                        .as("readings each 50 ms, for 1 s: %s", way)
                        .isBetween(18L, 22L);
            }
            rig.onReplica("STOP REPLICA SQL_THREAD");
            rig.await("3 s more", () -> reaches(lag, 4_000));
            ReplicaLag later = lag.result().replicas().get(0);
            assertThat(ways(later)).isEqualTo(ways(figures));
            assertThat(lag.result().beatMicros()).isEqualTo(atEnd.beatMicros());
            assertThat(later.series())
                    .filteredOn(point -> point.atMillis() > atEnd.loadToMillis())
                    .anyMatch(point -> point.probe() != null
                            && point.probe() > later.probe().max());
        }
    }

    private static boolean reaches(ReplicationLag lag, long millisAfterLoad) {
        List<LagPoint> series = lag.result().replicas().get(0).series();
        return series.get(series.size() - 1).atMillis() > lag.result().loadToMillis() + millisAfterLoad;
    }

    @Test
    void theServersPartsSumUpToItsTotal() {
        rig.await("50 transactions", () -> rig.figures().server().total().samples() > 50);
        rig.lag.close();
        ServerLag server = rig.figures().server();
        assertThat(server.transport().samples()).isEqualTo(server.total().samples());
        long sum =
                server.transport().avg() + server.queue().avg() + server.apply().avg();
        assertThat(server.total().avg()).isBetween(sum - 3, sum + 3);
        assertThat(server.apply().avg()).isPositive();
    }

    @Test
    void theResultIsReadyForJson() {
        JsonNode json = new ObjectMapper().valueToTree(rig.lag.result());
        assertThat(json.at("/replicas/0/replica").textValue()).isEqualTo(rig.replica.name());
        assertThat(json.at("/replicas/0/probe/p99").isNumber()).isTrue();
        assertThat(json.at("/replicas/0/server/transport/avg").isNumber()).isTrue();
        assertThat(json.at("/replicas/0/secondsBehind/max").isNumber()).isTrue();
        assertThat(json.at("/replicas/0/series/0/atMillis").isNumber()).isTrue();
    }

    @Test
    void aBrokenConnectionIsAMissingSampleAndIsOpenedAnew() throws Exception {
        long missing = rig.figures().probe().missing();
        long victim = rig.askReplica("SELECT processlist_id FROM performance_schema.threads"
                + " JOIN performance_schema.events_statements_current USING (thread_id)"
                + " WHERE sql_text LIKE 'SELECT beat FROM `" + LagRig.DATABASE + "`%'"
                + " AND processlist_id <> CONNECTION_ID()");
        rig.onReplica("KILL " + victim);
        rig.await("a failed reading", () -> probeSampler().failed() > 0);
        assertThat(rig.figures().probe().missing()).isGreaterThan(missing);
        assertThat(probeSampler().lastError()).isNotBlank();
        long samples = rig.figures().probe().samples();
        rig.await("samples after it", () -> rig.figures().probe().samples() > samples + 5);
    }

    @Test
    void aReplicaThatDoesNotAnswerHasNoValueWhileTheOtherWaysGoOn() throws Exception {
        rig.onReplica("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
        try (Connection locker = rig.replica.connect();
                Statement lock = locker.createStatement()) {
            lock.execute("LOCK TABLES " + LagRig.DATABASE + ".heartbeat WRITE");
            ReplicaLag before = rig.figures();
            rig.await("missing samples, and others of another way", () -> {
                ReplicaLag now = rig.figures();
                return now.probe().missing() > before.probe().missing() + 60
                        && now.secondsBehind().samples()
                                > before.secondsBehind().samples() + 10;
            });
            ReplicaLag after = rig.figures();
            assertThat(after.probe().samples())
                    .isLessThanOrEqualTo(before.probe().samples() + 1);
            assertThat(rig.last().probe()).isNull();
        }
        rig.await("values again", () -> rig.last().probe() != null);
    }

    @Test
    void onlyANodeThatIsAReplicaNowIsSampled() {
        rig.replicaSet.changeRoles(rig.replicaSet.primary(), List.of());
        // A reading that was in progress may still be counted.
        AtomicReference<LagStatistics> newest = new AtomicReference<>();
        Await.of("the readings in progress", Duration.ofSeconds(60))
                .every(LagRig.SAMPLE_INTERVAL.multipliedBy(10))
                .until(
                        () -> {
                            LagStatistics now = rig.figures().probe();
                            return now.equals(newest.getAndSet(now));
                        },
                        newest::toString);
        LagStatistics before = rig.figures().probe();
        rig.replicaSet.changeRoles(rig.replicaSet.primary(), List.of(rig.replica));
        rig.await("samples again", () -> rig.figures().probe().samples() > before.samples() + 5);
    }

    @Test
    void aDatabaseThatIsNotThereIsRefusedAtTheStart() throws Exception {
        try (ReplicationLag wrong = new ReplicationLag(
                rig.replicaSet, "not_there", System.nanoTime(), LagRig.SAMPLE_INTERVAL, LagRig.BEAT_INTERVAL)) {
            assertThatThrownBy(wrong::start).isInstanceOf(SQLException.class).hasMessageContaining("not_there");
        }
    }

    private Sampler.Counts probeSampler() {
        return rig.lag.result().samplers().stream()
                .filter(counts -> counts.sampler().equals("lag of " + rig.replica.name() + ": probe"))
                .findFirst()
                .orElseThrow();
    }

    private static List<LagStatistics> ways(ReplicaLag figures) {
        return List.of(figures.probe(), figures.server().total(), figures.secondsBehind());
    }
}
