package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Known answers: what the probe must say while replication is late or stands still. */
class ReplicationStandstillIT extends LagRigTests {
    private static final String CLOCK = LagRig.DATABASE + ".clock";

    /** What one look at a delayed replica found, in microseconds. */
    private record Look(long lag, long probe) {}

    @Test
    void growsByOneSecondPerSecondWhileTheApplierIsStopped() throws Exception {
        growsByOneSecondPerSecondAfter("STOP REPLICA SQL_THREAD");
    }

    @Test
    void growsByOneSecondPerSecondWhileTheReceiverIsStopped() throws Exception {
        growsByOneSecondPerSecondAfter("STOP REPLICA IO_THREAD");
    }

    private void growsByOneSecondPerSecondAfter(String fault) throws Exception {
        rig.onReplica(fault);
        long sinceMillis = rig.last().atMillis() + 500;
        rig.await(
                "6 s of standstill, and 30 readings",
                () -> rig.last().atMillis() > sinceMillis + 6_000
                        && rig.points(point -> point.atMillis() >= sinceMillis && point.probe() != null)
                                        .size()
                                > 30);
        List<LagPoint> standstill = rig.points(point -> point.atMillis() >= sinceMillis);
        assertThat(slope(standstill)).as("%s", standstill).isBetween(0.95, 1.05);
        assertThat(standstill).allMatch(point -> point.server() == null && point.secondsBehind() == null);
        rig.onReplica("START REPLICA");
        rig.await(
                "the lag to fall below 1 s",
                () -> rig.last().probe() != null && rig.last().probe() < LagRig.SECOND);
    }

    @Test
    void aReplicaThatLacksABeatGoesOnGrowingWhileThePrimaryAcceptsNoWrites() throws Exception {
        rig.onReplica("STOP REPLICA IO_THREAD");
        rig.await("a lag", () -> rig.probeIsBetween(LagRig.SECOND / 2, Long.MAX_VALUE));
        rig.onPrimary("SET GLOBAL super_read_only = ON");
        rig.await("3 s of lag", () -> rig.probeIsBetween(3 * LagRig.SECOND, Long.MAX_VALUE));
    }

    @Test
    void hasNoValueWhileThePrimaryAcceptsNoWritesAndTheReplicaLacksNothing() throws Exception {
        rig.onPrimary("SET GLOBAL super_read_only = ON");
        long missing = rig.figures().probe().missing();
        rig.await("samples without a value", () -> rig.figures().probe().missing() > missing + 10);
        LagStatistics silent = rig.figures().probe();
        rig.onPrimary("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
        rig.await("values again", () -> rig.figures().probe().samples() > silent.samples() + 5);
    }

    @Test
    void hasNoValueWhileTheReplicaIsFrozen() {
        ServerControl replica = rig.replica.control().orElseThrow();
        replica.pause();
        try {
            ReplicaLag before = rig.figures();
            rig.await("missing readings of each way", () -> {
                ReplicaLag now = rig.figures();
                return now.probe().missing() > before.probe().missing() + 60
                        && now.server().total().missing()
                                > before.server().total().missing() + 60
                        && now.secondsBehind().missing()
                                > before.secondsBehind().missing() + 60;
            });
            assertThat(rig.figures().probe().samples())
                    .isLessThanOrEqualTo(before.probe().samples() + 1);
        } finally {
            replica.resume();
        }
        long samples = rig.figures().probe().samples();
        rig.await("values again", () -> rig.figures().probe().samples() > samples + 5);
    }

    @Test
    void samplesOnAfterThePrimaryWasKilledAndStartedAgain() throws Exception {
        ServerControl primary = rig.replicaSet.primary().control().orElseThrow();
        primary.kill();
        long missing = rig.figures().probe().missing();
        rig.await("readings without a value", () -> rig.figures().probe().missing() > missing + 20);
        primary.start(Duration.ofSeconds(60));
        rig.onPrimary("SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF");
        long samples = rig.figures().probe().samples();
        rig.await("beats and values again", () -> rig.figures().probe().samples() > samples + 5);
    }

    /**
     * The delay is a lower bound: {@code SOURCE_DELAY = 2} gives a lag that swings between 2 and 4 s, see {@link
     * ReplicationLag}. So the known answer is not the figure 2 but the age of the newest timestamp that the replica
     * shows; both servers have this host's clock.
     */
    @Test
    @Tag("nightly")
    void readsTheLagOfADelayedReplicaWithinAFifthOfASecond() throws Exception {
        rig.onPrimary("CREATE TABLE " + CLOCK + " (id INT PRIMARY KEY, written TIMESTAMP(6) NOT NULL)");
        rig.onReplica("STOP REPLICA SQL_THREAD");
        rig.onReplica("CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 2");
        rig.onReplica("START REPLICA SQL_THREAD");
        List<Look> looks = lookAtTheDelayedReplica(150);
        assertThat(quantile(0.05, looks.stream().map(Look::lag).toList()))
                .as("the true lag is at least the delay")
                .isGreaterThan(2 * LagRig.SECOND);
        assertThat(quantile(0.05, looks.stream().map(Look::probe).toList()))
                .as("the lowest probe readings")
                .isGreaterThan((long) (1.8 * LagRig.SECOND));
        List<Long> errors = looks.stream().map(look -> look.probe - look.lag).toList();
        assertThat(quantile(0.5, errors)).as("probe minus true lag: %s", looks).isBetween(-200_000L, 200_000L);
    }

    private List<Look> lookAtTheDelayedReplica(int wanted) throws Exception {
        List<Look> looks = new ArrayList<>();
        AtomicBoolean settled = new AtomicBoolean();
        AtomicLong before = new AtomicLong();
        try (Connection primary = rig.replicaSet.primary().connect();
                Connection replica = rig.replica.connect();
                Statement write = primary.createStatement();
                Statement read = replica.createStatement()) {
            Await.of(wanted + " looks", Duration.ofSeconds(90))
                    .until(
                            () -> {
                                write.execute("REPLACE INTO " + CLOCK + " VALUES (1, SYSDATE(6))");
                                long lag = newestAge(read);
                                // The lag first rises from nothing; it is the delay's from the applier's first wake-up
                                // on.
                                if (lag < before.getAndSet(lag) - LagRig.SECOND / 2) {
                                    settled.set(true);
                                }
                                Long probe = rig.last().probe();
                                if (settled.get() && probe != null) {
                                    looks.add(new Look(lag, probe));
                                }
                                return looks.size() >= wanted;
                            },
                            looks::toString);
        }
        return looks;
    }

    private static long newestAge(Statement replica) throws SQLException {
        try (ResultSet row =
                replica.executeQuery("SELECT TIMESTAMPDIFF(MICROSECOND, written, SYSDATE(6)) FROM " + CLOCK)) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            // 1146: the table itself is late, too.
            if (e.getErrorCode() == 1146) {
                return 0;
            }
            throw e;
        }
    }

    private static long quantile(double share, List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    /**
     * The median of the slopes between any two points with a value, in seconds of lag per second: one that was read late,
     * because the machine stood still, does not count for more than another.
     */
    private static double slope(List<LagPoint> series) {
        List<LagPoint> points =
                series.stream().filter(point -> point.probe() != null).toList();
        List<Double> slopes = new ArrayList<>();
        for (LagPoint from : points) {
            points.stream()
                    .filter(to -> to.atMillis() > from.atMillis())
                    .map(to -> (to.probe() - from.probe()) / 1_000.0 / (to.atMillis() - from.atMillis()))
                    .forEach(slopes::add);
        }
        return slopes.stream().sorted().skip(slopes.size() / 2).findFirst().orElseThrow();
    }
}
