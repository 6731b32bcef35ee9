package distributedmysql.experiment.sharding.resharding;

import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads what every server holds in the end. */
final class Holdings {
    private Holdings() {}

    /**
     * Once the replicas have caught up.
     *
     * @return by shard, the primary's first
     * @throws distributedmysql.mysql.TopologyException if one cannot be read before the deadline
     */
    static List<List<Round.Holding>> read(List<ReplicaSet> shards, ReshardedTable table, Duration deadline) {
        List<List<Round.Holding>> all = new ArrayList<>();
        for (ReplicaSet set : shards) {
            Ending.refuse("reading what every server has");
            Replication.awaitConvergence(set, deadline);
            List<Round.Holding> holdings = new ArrayList<>();
            holdings.add(new Round.Holding(set.primary().name(), table.ids(set.primary())));
            set.replicas()
                    .forEach(node -> holdings.add(new Round.Holding(
                            node.name(),
                            Await.success(node + ": rows of " + table.name(), deadline, () -> table.ids(node)))));
            all.add(holdings);
        }
        return all;
    }
}
