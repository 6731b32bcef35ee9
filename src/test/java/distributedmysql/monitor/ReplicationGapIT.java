package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.GtidSets;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Known answers of a replica that lacks transactions of its primary for ever, read without a write of our own. */
@Timeout(300)
@OwnServers
class ReplicationGapIT extends ReplicationGap {
    private static final long SECOND = LagRig.SECOND;

    @Test
    void anIdlePrimaryHasNoLagAndWhatIsLackedIsNamed() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 40);
            assertThat(LagRig.figures(lag).probe().max()).isZero();
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void theLagUnderLoadIsThatOfWhatIsSent() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet);
                Writer writer = new Writer()) {
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 80);
            assertThat(writer.goesOn.get()).isTrue();
            // Of what is never sent, it would only grow.
            LagRig.await(lag, () -> LagRig.newest(lag) < SECOND / 2);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void aStandstillIsALagAndWhatIsSentLaterIsNotCountedAsLacked() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            Replication.stopApplier(replica);
            write(1);
            LagRig.await(lag, () -> LagRig.newest(lag) > 3 * SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
            Replication.startApplier(replica);
            LagRig.await(lag, () -> LagRig.newest(lag) < SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        }
    }

    @Test
    void whatAReplicaIsMadeToSkipMeanwhileIsALagOnlyUntilItIsKnown() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            Replication.stopThreads(replica);
            write(1);
            skip(FORMER + ":9");
            String lacked = GtidSets.executed(primary);
            followFromHere();
            LagRig.await(lag, () -> lacked.equals(LagRig.figures(lag).neverGets()));
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            write(1);
            Replication.awaitConvergence(replicaSet, DEADLINE);
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(lacked);
        }
    }

    /** Several appliers that need not keep the order: the first of two transactions waits, the second is executed. */
    @Test
    void aTransactionThatAnotherOneOvertakesIsUnderWay() throws Exception {
        TestSql.execute(
                replica,
                "STOP REPLICA",
                "SET GLOBAL replica_preserve_commit_order = OFF, GLOBAL replica_parallel_workers = 4",
                "SET GLOBAL super_read_only = OFF, GLOBAL read_only = OFF",
                "START REPLICA");
        TestSql.execute(primary, "SET GLOBAL binlog_transaction_dependency_tracking = WRITESET");
        // Without one that it has executed, the coordinator does not know which others may run side by side.
        write(1);
        Replication.awaitConvergence(replicaSet, DEADLINE);
        try (ReplicationLag lag = LagRig.readOnly(replicaSet);
                Connection locking = replica.connect();
                Statement lock = locking.createStatement()) {
            locking.setAutoCommit(false);
            lock.execute("SELECT v FROM theirs.t WHERE id = 1 FOR UPDATE");
            write(1);
            String overtaken = GtidSets.executed(primary);
            write(2);
            String overtaking = GtidSets.subtract(primary, GtidSets.executed(primary), overtaken);
            LagRig.await(
                    lag, () -> GtidSets.executed(replica).contains(overtaking.substring(overtaking.indexOf(':') + 1)));
            LagRig.await(lag, () -> LagRig.newest(lag) > 3 * SECOND);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
            locking.rollback();
            LagRig.await(lag, () -> LagRig.newest(lag) == 0);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        } finally {
            TestSql.execute(replica, "SET GLOBAL super_read_only = ON");
        }
    }

    @Test
    void whatIsGivenBackIsNotLackedAnyLonger() throws Exception {
        try (ReplicationLag lag = LagRig.readOnly(replicaSet)) {
            LagRig.await(lag, () -> old.equals(LagRig.figures(lag).neverGets()));
            TestSql.execute(replica, "SET GLOBAL gtid_purged = '+" + old + "'");
            LagRig.await(lag, () -> LagRig.figures(lag).neverGets() == null);
        }
    }

    @Test
    void writesOfOurOwnAreAwaitedAndTheirLagIsMeasured() throws Exception {
        TestSql.execute(primary, "CREATE DATABASE ours");
        long begun = System.nanoTime();
        Replication.awaitConvergence(replicaSet, DEADLINE);
        assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
        try (ReplicationLag lag = new ReplicationLag(
                replicaSet, "ours", System.nanoTime(), LagRig.SAMPLE_INTERVAL, LagRig.BEAT_INTERVAL)) {
            lag.start();
            lag.loadBegins(Duration.ofDays(1));
            LagRig.await(lag, () -> LagRig.figures(lag).probe().samples() > 10);
            assertThat(LagRig.figures(lag).neverGets()).isEqualTo(old);
        } finally {
            TestSql.execute(primary, "DROP DATABASE ours");
        }
    }
}
