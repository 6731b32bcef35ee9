package distributedmysql.topology.replicator;

import distributedmysql.config.GroupMode;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.ReplicationMode;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.GroupReplication;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Makes servers that have just been started replicate. */
public final class NewReplicaSet {
    /** MySQL's default of rpl_semi_sync_source_timeout. */
    private static final Duration SEMI_SYNC_TIMEOUT = Duration.ofSeconds(10);

    private NewReplicaSet() {}

    /**
     * The same for each shard.
     *
     * @param nodes those of the first shard first
     */
    public static Shards shards(
            List<Node> nodes,
            LayoutSettings layout,
            Credentials account,
            Duration deadline,
            Consumer<String> progress) {
        Ending.refuse("making the servers replicate");
        List<CompletableFuture<ReplicaSet>> making = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += layout.servers()) {
            List<Node> servers = nodes.subList(from, from + layout.servers());
            String shard = layout.shards().count() > 1 ? Shards.name(making.size()) + ": " : "";
            // Side by side: a group takes seconds, which are spent waiting.
            making.add(CompletableFuture.supplyAsync(
                    () -> of(servers, layout, account, deadline, line -> progress.accept(shard + line)),
                    work -> new Thread(work, "beginning of replication").start()));
        }
        try {
            // All, because nobody may still be at it when the servers are ended after a failure.
            CompletableFuture.allOf(making.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof TopologyException told ? told : e;
        }
        return Shards.started(
                layout.shards(), making.stream().map(CompletableFuture::join).toList());
    }

    /**
     * Returns when the first server takes writes and all others replicate in this mode.
     *
     * @param nodes all but the first are read-only; those of a group were started with {@link GroupReplication#options}
     * @param account what they replicate as
     * @param deadline for each step
     * @param progress takes lines for the console
     * @throws distributedmysql.mysql.TopologyException if that does not come about
     */
    public static ReplicaSet of(
            List<Node> nodes,
            LayoutSettings layout,
            Credentials account,
            Duration deadline,
            Consumer<String> progress) {
        Node primary = nodes.get(0);
        List<Node> others = nodes.subList(1, nodes.size());
        ReplicationMode mode = layout.replication();
        if (layout.isGroup()) {
            boolean several = layout.groupMode() == GroupMode.MULTI_PRIMARY;
            progress.accept("forming a group of " + nodes.size() + (several ? ", each of which takes writes" : ""));
            GroupReplication.form(nodes, account, deadline);
            return ReplicaSet.group(layout.groupMode(), primary, others, account);
        }
        others.forEach(replica -> Replication.follow(replica, primary, account, deadline));
        ReplicaSet replicaSet = new ReplicaSet(primary, others, account);
        if (mode.isSemiSync()) {
            SemiSync.enable(replicaSet, mode, SEMI_SYNC_TIMEOUT, deadline);
        }
        return replicaSet;
    }
}
