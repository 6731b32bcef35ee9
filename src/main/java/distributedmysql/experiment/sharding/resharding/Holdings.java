package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What every server holds in the end.
 *
 * @param present by shard, the primary's first; without the replicas that could not be read, and empty if a primary could not
 * @param unread why servers could not be read
 */
record Holdings(List<List<Round.Holding>> present, List<String> unread) {
    /**
     * Once the replicas have caught up, as far as they do.
     *
     * @param deadline of each wait
     */
    static Holdings read(List<ReplicaSet> shards, ReshardedTable table, Duration deadline) {
        List<List<Round.Holding>> all = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        boolean primaries = true;
        for (ReplicaSet set : shards) {
            boolean caughtUp = attempt(unread, () -> Replication.awaitConvergence(set, deadline));
            List<Round.Holding> holdings = new ArrayList<>();
            primaries &= attempt(unread, () -> holdings.add(holding(set.primary(), table)));
            for (Node replica : caughtUp ? set.replicas() : List.<Node>of()) {
                attempt(
                        unread,
                        () -> holdings.add(Await.success(
                                replica + ": rows of " + table.name(), deadline, () -> holding(replica, table))));
            }
            all.add(holdings);
        }
        return new Holdings(primaries ? all : List.of(), unread);
    }

    private static Round.Holding holding(Node node, ReshardedTable table) {
        return new Round.Holding(node.name(), table.ids(node));
    }

    private static boolean attempt(List<String> unread, Runnable step) {
        try {
            Ending.refuse("reading what every server has");
            step.run();
            return true;
        } catch (TopologyException e) {
            unread.add(e.getMessage());
            return false;
        }
    }
}
