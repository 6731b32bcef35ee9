package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.fault.Pause;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A former primary that is not dead: it is killed, or keeps away from writes, or both take them and that is reported. */
class FencingIT extends FailoverFixture {
    @Test
    @OwnServers
    void aPausedPrimaryIsKilledBeforeAnotherOneIsPromoted(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 3_000)) {
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
    @OwnServers
    void whatAResumedPrimaryThatWasNotFencedStillAcknowledgesIsReportedAsSplitBrain(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 60_000)) {
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
    @OwnServers
    void aPrimaryThatAnswersIsNotDeadAndOneThatIsReplacedAllTheSameRefusesWrites(ReplicaSet replicaSet) {
        try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
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

    private static CheckResult result(FailoverFigures figures, String name) {
        return check(figures, ReplicationMode.ASYNC, OptionalLong.empty()).stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
