package distributedmysql.experiment.failover;

import distributedmysql.fault.Nemesis;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.external.Hook;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the failovers of all modes have in common.
 *
 * @param ledger the numbered writes and reads
 * @param promote of servers that are not ours; empty where a failover manager of theirs promotes
 * @param further faults of each round, besides the kill
 */
public record FailoverPlan(
        FailoverSettings settings,
        LedgerPlan ledger,
        Optional<Hook> promote,
        Function<ReplicaSet, List<Nemesis.Planned>> further) {}
