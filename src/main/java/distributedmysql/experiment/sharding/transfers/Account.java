package distributedmysql.experiment.sharding.transfers;

import distributedmysql.topology.Shards;

/** @param shard from 0 on, where it belongs by the shard map */
record Account(long id, int shard) {
    /** For instance {@code account 7 on shard2}. */
    @Override
    public String toString() {
        return "account " + id + " on " + Shards.name(shard);
    }
}
