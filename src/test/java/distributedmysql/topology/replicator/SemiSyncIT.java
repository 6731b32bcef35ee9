package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.MeasuredPromotion;
import distributedmysql.experiment.failover.SemiSyncFallback;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Rewind;
import distributedmysql.fault.Servers;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.history.RunClock;
import distributedmysql.history.SemiSyncReading;
import distributedmysql.monitor.SemiSyncWatch;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SemiSyncIT {
    private static final Duration DEADLINE = Servers.DEADLINE;
    private static final int ROUNDS = 10;

    private final RunClock clock = new RunClock();

    @Test
    @Tag("nightly")
    @OwnServers(replicas = 2)
    void afterSyncLosesNothingAcknowledgedAndNothingSeenInTenKillsUnderLoad(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000);
                SemiSyncWatch watch = new SemiSyncWatch(replicaSet, clock, Duration.ofMillis(100))) {
            SemiSync semiSync =
                    SemiSync.enable(replicaSet, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(10), DEADLINE);
            CommandedFailover failover =
                    new CommandedFailover(replicaSet, FailoverOptions.defaults(), clock, Optional.of(semiSync));
            List<FailoverRecord> records = new ArrayList<>();
            watch.start();
            load.start(4, 2);
            for (int round = 0; round < ROUNDS; round++) {
                load.awaitAcknowledged(40);
                Node former = replicaSet.primary();
                new KillAndRestart(replicaSet, former).inject();
                records.add(failover.promote(failover.awaitDeath(DEADLINE)));
                takeBack(failover, former, replicaSet, load);
            }
            load.awaitAcknowledged(40);
            load.end();
            watch.readNow();
            load.recordPresent();

            FailoverFigures figures = FailoverCheck.figures(
                    load.ledger(),
                    replicaSet.primary().name(),
                    0,
                    records.stream()
                            .map(record -> MeasuredPromotion.alone(record.promotion()))
                            .toList());
            assertThat(figures.ledger().writes().lost().none())
                    .as("%s", figures.ledger().writes())
                    .isTrue();
            assertThat(figures.ledger().writes().seenThenLost().none())
                    .as("%s", figures.ledger().writes())
                    .isTrue();
            assertThat(figures.rto())
                    .hasSize(ROUNDS)
                    .allSatisfy(rto -> assertThat(rto.writeMillis()).isPositive());
            assertThat(FailoverCheck.check(figures, ReplicationMode.AFTER_SYNC, OptionalLong.empty()))
                    .extracting(CheckResult::verdict)
                    .containsOnly(Verdict.VALID);
            assertThat(SemiSyncFallback.check(ReplicationMode.AFTER_SYNC, List.of(watch.readings()))
                            .verdict())
                    .as("%s", watch.readings())
                    .isEqualTo(Verdict.VALID);
        }
    }

    @Test
    @OwnServers
    void aFallBackToAsynchronousIsReportedAndTheWritesAcknowledgedAfterItAreLost(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000);
                SemiSyncWatch watch = new SemiSyncWatch(replicaSet, clock, Duration.ofMillis(100))) {
            Node former = replicaSet.primary();
            Node replica = replicaSet.replicas().get(0);
            SemiSync semiSync =
                    SemiSync.enable(replicaSet, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(10), DEADLINE);
            CommandedFailover failover =
                    new CommandedFailover(replicaSet, FailoverOptions.defaults(), clock, Optional.of(semiSync));
            watch.start();
            load.write(30);
            SemiSyncReading before = SemiSync.read(former, clock);
            assertThat(before.on()).isTrue();
            assertThat(before.yesTx()).isGreaterThanOrEqualTo(30);
            // Not before: a disk that stalls for a second is no fall-back of this test's.
            Mysql.execute(former, "SET GLOBAL rpl_semi_sync_source_timeout = 1000");

            StopReplicationThread.receiver(replica).inject();
            int firstAfter = load.nextId();
            load.write(20);
            watch.readNow();
            SemiSyncReading after = SemiSync.read(former, clock);
            new KillAndRestart(replicaSet, former).inject();
            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));
            load.recordPresent();

            BitSet expected = new BitSet();
            expected.set(firstAfter, firstAfter + 20);
            FailoverFigures figures = FailoverCheck.figures(
                    load.ledger(),
                    replicaSet.primary().name(),
                    0,
                    List.of(MeasuredPromotion.alone(record.promotion())));
            assertThat(figures.ledger().writes().lost()).isEqualTo(IdSet.of(expected));
            assertThat(FailoverCheck.check(figures, ReplicationMode.AFTER_SYNC, OptionalLong.empty())
                            .get(0)
                            .verdict())
                    .isEqualTo(Verdict.INVALID);
            assertThat(after.on()).isFalse();
            assertThat(SemiSyncFallback.check(ReplicationMode.AFTER_SYNC, List.of(List.of(before, after)))
                            .verdict())
                    .isEqualTo(Verdict.INVALID);
            assertThat(SemiSyncFallback.check(ReplicationMode.AFTER_SYNC, List.of(watch.readings()))
                            .verdict())
                    .isEqualTo(Verdict.INVALID);
        }
    }

    @Test
    @OwnServers
    void aPrimaryThatIsPromotedAloneTakesWritesAndWaitsAgainOnceAReplicaIsBack(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
            Node former = replicaSet.primary();
            Node replica = replicaSet.replicas().get(0);
            SemiSync semiSync =
                    SemiSync.enable(replicaSet, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(10), DEADLINE);
            CommandedFailover failover =
                    new CommandedFailover(replicaSet, FailoverOptions.defaults(), clock, Optional.of(semiSync));
            load.write(10);

            new KillAndRestart(replicaSet, former).inject();
            failover.promote(failover.awaitDeath(DEADLINE));
            load.write(20);

            assertThat(load.acknowledged()).isEqualTo(30);
            assertThat(SemiSync.read(replica, clock).on()).isFalse();

            assertThat(failover.rejoin(former, DEADLINE).diverged()).isFalse();
            load.write(5);

            SemiSyncReading after = SemiSync.read(replica, clock);
            assertThat(after.on()).isTrue();
            assertThat(after.yesTx()).isGreaterThanOrEqualTo(5);
            assertThat(Mysql.text(replica, "SELECT @@rpl_semi_sync_source_wait_no_replica"))
                    .isEqualTo("1");
        }
    }

    @Test
    @OwnServers
    void theModeCanBeChangedOnRunningServers(ReplicaSet replicaSet) {
        Node primary = replicaSet.primary();
        assertThatThrownBy(() -> SemiSync.read(primary, clock)).hasMessageContaining("not installed");

        SemiSync.enable(replicaSet, ReplicationMode.AFTER_COMMIT, Duration.ofMinutes(1), DEADLINE);
        assertThat(Mysql.text(primary, "SELECT @@rpl_semi_sync_source_wait_point"))
                .isEqualTo("AFTER_COMMIT");
        assertThat(SemiSync.read(primary, clock).clients()).isEqualTo(1);
        Mysql.execute(primary, "CREATE DATABASE semi_sync_it");
        assertThat(SemiSync.read(primary, clock).yesTx()).isEqualTo(1);

        SemiSync.disable(replicaSet, Servers.DEADLINE);
        assertThat(SemiSync.read(primary, clock).on()).isFalse();
        Mysql.execute(primary, "DROP DATABASE semi_sync_it");
        Replication.awaitConvergence(replicaSet, DEADLINE);

        SemiSync.enable(replicaSet, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(1), DEADLINE);
        assertThat(Mysql.text(primary, "SELECT @@rpl_semi_sync_source_wait_point"))
                .isEqualTo("AFTER_SYNC");
        assertThat(Mysql.text(replicaSet.replicas().get(0), "SELECT @@super_read_only"))
                .isEqualTo("1");
    }

    /** A former primary may have committed, when it recovered, what it had not acknowledged. */
    private static void takeBack(CommandedFailover failover, Node former, ReplicaSet replicaSet, PlainLedgerLoad load) {
        RejoinResult rejoin = failover.rejoin(former, DEADLINE);
        if (rejoin.diverged()) {
            String executed = GtidSets.executed(former);
            assertThat(GtidSets.subtract(former, rejoin.extraGtids(), executed))
                    .as("what is extra is there")
                    .isEmpty();
            Rewind.rewind(former, replicaSet.primary(), load.table(), rejoin.extraGtids());
            assertThat(failover.rejoin(former, DEADLINE).diverged()).isFalse();
        }
    }
}
