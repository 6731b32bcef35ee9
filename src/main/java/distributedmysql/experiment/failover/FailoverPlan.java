package distributedmysql.experiment.failover;

import distributedmysql.fault.Nemesis;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.Replicator;
import java.util.List;
import java.util.function.Function;

/**
 * What the failovers of all modes have in common.
 *
 * @param ledger the numbered writes and reads
 * @param further faults of each round, besides the kill
 */
public record FailoverPlan(
        FailoverSettings settings,
        LedgerPlan ledger,
        Replicator replicator,
        Function<ReplicaSet, List<Nemesis.Planned>> further) {}
