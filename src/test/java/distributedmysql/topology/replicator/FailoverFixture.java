package distributedmysql.topology.replicator;

import distributedmysql.check.CheckResult;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.MeasuredPromotion;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Failovers that the framework commands, and the figures and checks of what was written meanwhile. */
abstract class FailoverFixture {
    static final Duration DEADLINE = Servers.DEADLINE;

    final RunClock clock = new RunClock();

    CommandedFailover failover(ReplicaSet replicaSet, boolean fence) {
        return new CommandedFailover(replicaSet, FailoverOptions.defaults().withFence(fence), clock, Optional.empty());
    }

    static FailoverFigures figures(PlainLedgerLoad load, ReplicaSet replicaSet, List<FailoverRecord> records) {
        return FailoverCheck.figures(
                load.ledger(),
                replicaSet.primary().name(),
                0,
                records.stream()
                        .map(record -> MeasuredPromotion.alone(record.promotion()))
                        .toList());
    }

    static List<CheckResult> check(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        return FailoverCheck.check(figures, mode, maxLost);
    }
}
