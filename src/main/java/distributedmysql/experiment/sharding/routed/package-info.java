/**
 * Saving and loading players by their shard: the same load on all shards and on one server, in turn. What the shards hold in the end
 * is compared with the saves that clients were told are done: each player is on its own shard alone, with as many saves as were
 * acknowledged.
 */
package distributedmysql.experiment.sharding.routed;
