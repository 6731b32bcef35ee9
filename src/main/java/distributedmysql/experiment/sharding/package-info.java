/**
 * What is special to servers that share the keys among them. So far: how evenly each strategy spreads keys and load over shards, and what
 * moves when a shard is added, computed for the keys that the settings describe; and, where there are several shards,
 * {@linkplain distributedmysql.experiment.sharding.transfers transfers} from one to another, and a shard that is {@linkplain
 * distributedmysql.experiment.sharding.resharding added under load}.
 */
package distributedmysql.experiment.sharding;
