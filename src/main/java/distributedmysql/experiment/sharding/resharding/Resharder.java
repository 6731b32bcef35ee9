package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.TopologyException;

/** Moves the keys of a round, and makes the new map known. */
@FunctionalInterface
interface Resharder {
    /** @throws TopologyException if it does not come about; which map holds, {@code change.shards()} says then */
    void reshard(Change change, Progress progress);
}
