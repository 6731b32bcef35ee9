package distributedmysql.experiment.sharding.resharding;

import distributedmysql.gatling.Attempt;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;

/** A client that has not heard of the new map, on purpose: the servers must tell it. Used by one thread. */
final class StaleRouter {
    private final Change change;
    private final ConnectionPools pools;
    private final RunClock clock;
    private final Ledger ledger;
    private final List<Round.Told> told = new ArrayList<>();

    StaleRouter(Change change, ConnectionPools pools, RunClock clock, Ledger ledger) {
        this.change = change;
        this.pools = pools;
        this.clock = clock;
        this.ledger = ledger;
    }

    /**
     * Sends a write that belongs elsewhere now to each of the former shards that has lost keys, by the old map. Sends none if that map
     * still holds.
     */
    void write(Numbers numbers) {
        if (change.shards().map().version() == change.before().version()) {
            return;
        }
        for (int shard : change.sources()) {
            numbers.kept()
                    .filter(id -> change.before().shardOf(id) == shard
                            && change.after().shardOf(id) != shard)
                    .findFirst()
                    .ifPresent(id -> send(id, shard));
        }
    }

    private void send(int id, int shard) {
        long arrived = clock.micros();
        Attempt<String> attempt =
                Attempt.write(pools.forWrites(change.shards().all().get(shard)), (connection, node) -> {
                    change.table().insert(connection, id, change.before().version());
                    return node.serverUuid();
                });
        String server = attempt.value() == null ? "" : attempt.value();
        ledger.write(new LedgerWrite(id, arrived, clock.micros(attempt.end()), attempt.ending(), server));
        told.add(new Round.Told(
                id,
                Shards.name(shard),
                Fence.refused(attempt.failure()),
                attempt.failure() == null ? "" : attempt.failure().firstLine()));
    }

    /** What it was told. */
    List<Round.Told> told() {
        return List.copyOf(told);
    }
}
