package distributedmysql.experiment.failover;

import distributedmysql.fault.LedgerTable;
import distributedmysql.fault.Nemesis;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.Replicator;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What the failovers of all modes have in common.
 *
 * @param longestRequest how long after its arrival the last request may end
 * @param further faults of each round, besides the kill
 */
public record FailoverPlan(
        FailoverSettings settings,
        Duration longestRequest,
        LedgerTable table,
        Replicator replicator,
        Function<ReplicaSet, List<Nemesis.Planned>> further) {}
