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
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Pause;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Rewind;
import distributedmysql.fault.Servers;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FailoverIT {
    private static final Duration DEADLINE = Servers.DEADLINE;

    private final RunClock clock = new RunClock();

    @Test
    void exactlyTheWritesThatTheReplicaNeverReceivedAreLostAndTheOldPrimaryIsReportedAsDiverged() {
        try (Deployment deployment = TestServers.start();
                PlainLedgerLoad load = new PlainLedgerLoad(deployment.replicaSet(), clock, 10_000)) {
            ReplicaSet replicaSet = deployment.replicaSet();
            Node former = replicaSet.primary();
            Node replica = replicaSet.replicas().get(0);
            CommandedFailover failover = failover(replicaSet, true);
            load.write(20);
            Replication.awaitConvergence(replicaSet, DEADLINE);
            StopReplicationThread.receiver(replica).inject();
            String before = GtidSets.executed(former);
            int firstLost = load.nextId();
            load.write(100);
            String lostGtids = GtidSets.subtract(former, GtidSets.executed(former), before);

            new KillAndRestart(replicaSet, former).inject();
            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));
            load.write(30);
            load.recordPresent();

            assertThat(record.promoted()).isEqualTo(replica.name());
            assertThat(record.fencing()).isEqualTo(Fencing.DEAD);
            assertThat(record.errant()).isEmpty();
            assertThat(record.detection().firstFailureMicros())
                    .isLessThanOrEqualTo(record.detection().detectedMicros());
            assertThat(List.of(
                            record.detection().detectedMicros(),
                            record.fencedMicros(),
                            record.stoppedMicros(),
                            record.chosenMicros(),
                            record.appliedMicros(),
                            record.promotedMicros(),
                            record.routedMicros(),
                            record.followedMicros()))
                    .isSorted();
            FailoverFigures figures = figures(load, replicaSet, List.of(record));
            assertThat(figures.ledger().writes().acknowledged()).isEqualTo(150);
            assertThat(figures.ledger().writes().lost().count()).isEqualTo(100);
            assertThat(figures.ledger().writes().lost().ranges()).isEqualTo(firstLost + "-" + (firstLost + 99));
            assertThat(figures.rto().get(0).writeMillis()).isPositive();
            assertThat(check(figures, ReplicationMode.ASYNC, OptionalLong.empty()))
                    .extracting(CheckResult::verdict)
                    .containsOnly(Verdict.VALID);
            assertThat(check(figures, ReplicationMode.ASYNC, OptionalLong.of(99))
                            .get(0)
                            .verdict())
                    .isEqualTo(Verdict.INVALID);

            RejoinResult rejoin = failover.rejoin(former, DEADLINE);

            assertThat(rejoin.extraGtids()).isEqualTo(lostGtids).endsWith(gtidRange(lostGtids, 100));
            assertThat(rejoin.rejoinedMicros()).isNull();
            assertThat(Replication.hasSource(former)).isFalse();
            assertThat(replicaSet.replicas()).isEmpty();

            RejoinResult rebuilt = failover.rebuild(former, DEADLINE);

            assertThat(rebuilt.diverged()).isFalse();
            assertThat(rebuilt.rejoinedMicros()).isNotNull();
            assertThat(replicaSet.replicas()).containsExactly(former);
            assertThat(Mysql.text(former, "SELECT @@server_uuid")).isEqualTo(former.serverUuid());
            assertThat(Mysql.text(former, "SELECT @@super_read_only")).isEqualTo("1");
            load.write(5);
            load.recordPresent();
            assertThat(figures(load, replicaSet, List.of(record)).ledger().nodes())
                    .hasSize(2)
                    .allSatisfy(node -> assertThat(node.rows()).isEqualTo(55))
                    .allSatisfy(node -> assertThat(node.missing().none()).isTrue())
                    .allSatisfy(node -> assertThat(node.extra().none()).isTrue());
        }
    }

    @Test
    void theMostAdvancedReplicaIsPromotedTheOtherFollowsItAndTheOldPrimaryRejoins() {
        try (Deployment deployment = TestServers.start(2);
                PlainLedgerLoad load = new PlainLedgerLoad(deployment.replicaSet(), clock, 10_000)) {
            ReplicaSet replicaSet = deployment.replicaSet();
            Node former = replicaSet.primary();
            Node behind = replicaSet.replicas().get(0);
            Node ahead = replicaSet.replicas().get(1);
            CommandedFailover failover = failover(replicaSet, true);
            load.write(5);
            Replication.awaitConvergence(replicaSet, DEADLINE);
            StopReplicationThread.receiver(behind).inject();
            // What is received and not yet applied must be applied before the promotion.
            StopReplicationThread.applier(ahead).inject();
            load.write(50);
            String executed = GtidSets.executed(former);
            Servers.await(
                    ahead + " received everything",
                    () -> GtidSets.subtract(
                                    ahead,
                                    executed,
                                    Replication.status(ahead).retrievedGtids() + "," + GtidSets.executed(ahead))
                            .isEmpty(),
                    () -> Replication.status(ahead).toString());
            errantTransaction(behind);

            new KillAndRestart(replicaSet, former).inject();
            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));

            assertThat(record.promoted()).isEqualTo(ahead.name());
            assertThat(replicaSet.primary()).isEqualTo(ahead);
            assertThat(record.errant()).containsOnlyKeys(behind.name()).containsValue(behind.serverUuid() + ":1");
            assertThat(record.diverged()).isEqualTo(record.errant());
            assertThat(record.failed()).isEmpty();
            assertThat(replicaSet.replicas()).isEmpty();

            assertThat(failover.rejoin(former, DEADLINE).diverged()).isFalse();
            assertThat(replicaSet.replicas()).containsExactly(former);
            Rewind.rewind(behind, ahead, load.table(), behind.serverUuid() + ":1");
            assertThat(failover.rejoin(behind, DEADLINE).diverged()).isFalse();
            load.write(10);
            load.recordPresent();
            FailoverFigures figures = figures(load, replicaSet, List.of(record));
            assertThat(figures.ledger().writes().lost().none()).isTrue();
            assertThat(figures.ledger().writes().acknowledged()).isEqualTo(65);

            new KillAndRestart(replicaSet, ahead).inject();
            FailoverRecord second = failover.promote(failover.awaitDeath(DEADLINE));

            assertThat(second.errant()).isEmpty();
            assertThat(second.diverged()).isEmpty();
            assertThat(replicaSet.replicas()).hasSize(1);
            load.write(1);
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void aPausedPrimaryIsKilledBeforeAnotherOneIsPromoted() {
        try (Deployment deployment = TestServers.start();
                PlainLedgerLoad load = new PlainLedgerLoad(deployment.replicaSet(), clock, 3_000)) {
            ReplicaSet replicaSet = deployment.replicaSet();
            Node former = replicaSet.primary();
            CommandedFailover failover = failover(replicaSet, true);
            load.start(4, 1);
            load.awaitAcknowledged(50);
            Pause pause = new Pause(former);
            pause.inject();

            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));
            pause.heal();
            load.awaitAcknowledged(50);
            load.end();
            load.recordPresent();

            assertThat(record.fencing()).isEqualTo(Fencing.KILLED);
            assertThat(former.control().orElseThrow().isAlive()).isFalse();
            FailoverFigures figures = figures(load, replicaSet, List.of(record));
            assertThat(figures.acknowledgedByTwoPrimaries().none()).isTrue();
            assertThat(figures.rto().get(0).writeMillis()).isGreaterThan(0);
            assertThat(figures.ledger().errors()).isNotEmpty();
            assertThat(result(figures, "split brain: async").verdict()).isEqualTo(Verdict.VALID);
        }
    }

    @Test
    void whatAResumedPrimaryThatWasNotFencedStillAcknowledgesIsReportedAsSplitBrain() {
        try (Deployment deployment = TestServers.start();
                PlainLedgerLoad load = new PlainLedgerLoad(deployment.replicaSet(), clock, 60_000)) {
            ReplicaSet replicaSet = deployment.replicaSet();
            Node former = replicaSet.primary();
            CommandedFailover failover = failover(replicaSet, false);
            load.start(4, 1);
            load.awaitAcknowledged(50);
            Pause pause = new Pause(former);
            pause.inject();
            FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE));
            // The writers hang in the paused server, and these go to the new primary.
            load.write(20);
            long resumed = clock.micros();
            pause.heal();
            load.awaitAcknowledged(50);
            load.end();
            load.recordPresent();

            assertThat(record.fencing()).isEqualTo(Fencing.NONE);
            FailoverFigures figures = figures(load, replicaSet, List.of(record));
            BitSet both = acknowledgedSince(resumed, former, load);
            assertThat(both.cardinality()).isPositive();
            assertThat(figures.acknowledgedByTwoPrimaries()).isEqualTo(IdSet.of(both));
            // Replication has left the former primary, so these are nowhere else.
            assertThat(minus(load.table().ids(former), load.table().ids(replicaSet.primary())))
                    .satisfies(extra -> assertThat(minus(both, extra).isEmpty()).isTrue());
            CheckResult splitBrain = result(figures, "split brain: async");
            assertThat(splitBrain.verdict()).isEqualTo(Verdict.INVALID);
            assertThat(splitBrain.evidence()).contains(IdSet.of(both).ranges());
        }
    }

    private static BitSet acknowledgedSince(long micros, Node node, PlainLedgerLoad load) {
        BitSet ids = new BitSet();
        load.ledger().forEachWrite(write -> {
            if (write.server().equals(node.serverUuid()) && write.completeMicros() >= micros) {
                ids.set((int) write.id());
            }
        });
        return ids;
    }

    private static BitSet minus(BitSet some, BitSet others) {
        BitSet left = (BitSet) some.clone();
        left.andNot(others);
        return left;
    }

    @Test
    void aPrimaryThatAnswersIsNotDeadAndOneThatIsReplacedAllTheSameRefusesWrites() {
        try (Deployment deployment = TestServers.start();
                PlainLedgerLoad load = new PlainLedgerLoad(deployment.replicaSet(), clock, 10_000)) {
            ReplicaSet replicaSet = deployment.replicaSet();
            Node former = replicaSet.primary();
            CommandedFailover failover = failover(replicaSet, true);
            load.write(5);

            assertThatThrownBy(() -> failover.awaitDeath(Duration.ofMillis(500)))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("it answers");
            Replication.awaitConvergence(replicaSet, DEADLINE);
            FailoverRecord record = failover.promote();

            assertThat(record.fencing()).isEqualTo(Fencing.READ_ONLY);
            assertThatThrownBy(() ->
                            Mysql.execute(former, "INSERT INTO " + load.table().name() + " VALUES (1000, 'x', NOW())"))
                    .hasMessageContaining("1290");
            assertThat(failover.rejoin(former, DEADLINE).diverged()).isFalse();
            load.write(5);
            load.recordPresent();
            assertThat(figures(load, replicaSet, List.of(record))
                            .ledger()
                            .writes()
                            .lost()
                            .none())
                    .isTrue();
        }
    }

    private CommandedFailover failover(ReplicaSet replicaSet, boolean fence) {
        return new CommandedFailover(replicaSet, FailoverOptions.defaults().withFence(fence), clock, Optional.empty());
    }

    private static FailoverFigures figures(PlainLedgerLoad load, ReplicaSet replicaSet, List<FailoverRecord> records) {
        return FailoverCheck.figures(
                load.ledger(),
                replicaSet.primary().name(),
                0,
                records.stream()
                        .map(record -> MeasuredPromotion.alone(record.promotion()))
                        .toList());
    }

    private static List<CheckResult> check(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        return FailoverCheck.check(figures, mode, maxLost);
    }

    private static CheckResult result(FailoverFigures figures, String name) {
        return check(figures, ReplicationMode.ASYNC, OptionalLong.empty()).stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The last so many transactions of a set that ends with a range. */
    private static String gtidRange(String set, int count) {
        int last = Integer.parseInt(set.substring(set.lastIndexOf('-') + 1));
        return ":" + (last - count + 1) + "-" + last;
    }

    private static void errantTransaction(Node replica) {
        Replication.setReadOnly(replica, false);
        Mysql.execute(replica, "CREATE DATABASE errant");
        Replication.setReadOnly(replica, true);
    }
}
