package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Rewind;
import distributedmysql.fault.Servers;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FailoverIT extends FailoverFixture {
    @Test
    @OwnServers
    void exactlyTheWritesThatTheReplicaNeverReceivedAreLostAndTheOldPrimaryIsReportedAsDiverged(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
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

            List<String> unexpectedEnds = new CopyOnWriteArrayList<>();
            former.control().orElseThrow().onUnexpectedEnd(unexpectedEnds::add);
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
            assertThat(unexpectedEnds).as("killed, and ended by the copy").isEmpty();
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
    @OwnServers(replicas = 2)
    void theMostAdvancedReplicaIsPromotedTheOtherFollowsItAndTheOldPrimaryRejoins(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
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
