package distributedmysql.config;

/**
 * How many servers a run starts, and how they replicate.
 *
 * @param shards the replica sets that share the keys
 * @param replicas how many replicas follow each primary
 * @param replication how they do
 * @param groupMode of a group
 */
public record LayoutSettings(ShardSettings shards, int replicas, ReplicationMode replication, GroupMode groupMode) {
    /** One primary and its replicas, which follow asynchronously. */
    public static LayoutSettings async(int replicas) {
        return new LayoutSettings(ShardSettings.ONE, replicas, ReplicationMode.ASYNC, GroupMode.SINGLE_PRIMARY);
    }

    /** Of {@code embedded} or {@code docker}. */
    static LayoutSettings read(SettingsReader reader, TopologyKind topology, RouterSettings router) {
        ReplicationMode replication = ReplicationMode.read(reader, topology);
        LayoutSettings layout = new LayoutSettings(
                ShardSettings.read(reader, topology),
                ReplicationMode.replicas(reader, topology),
                replication,
                GroupMode.read(reader, topology, replication, router));
        if (layout.shards.count() > 1 && router.isUsed()) {
            throw reader.refusedTogether(
                    "a router is in front of one replica set, and does not know which shard a key belongs to: "
                            + topology.label() + ".router must be none, or " + topology.label() + ".shards must be 1",
                    topology.label() + ".shards",
                    topology.label() + ".router");
        }
        return layout;
    }

    /** Of each replica set. */
    public int servers() {
        return 1 + replicas;
    }

    public int allServers() {
        return shards.count() * servers();
    }

    public boolean isGroup() {
        return replication == ReplicationMode.GROUP;
    }
}
