/**
 * What an application has to do itself once its rows are on several shards: to search all of them, and to join rows of one with rows
 * of another.
 *
 * <p>Players and guilds are generated and shared out by the shard map; nobody changes them meanwhile, so the right answer to every
 * question is known without asking a server. A search by a part of the name goes to all shards at once: it measures the latency of the
 * whole and of each shard, beside what the shards' own distributions let one expect of the slowest of them. A join reads a player from
 * one shard and its guild from another, beside the same join on one server that has all rows. It proves that no row is missed, doubled,
 * changed or answered by a shard that it does not belong to. A control sends the join's SQL to one shard, as an application would that
 * does not know of shards, and counts what it silently misses.
 */
package distributedmysql.experiment.sharding.search;
