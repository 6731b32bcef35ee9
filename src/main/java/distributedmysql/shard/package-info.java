/**
 * Which shard a key belongs to, how evenly that spreads keys and load, and what moves when a shard is added. Arithmetic alone: it knows
 * no server.
 */
package distributedmysql.shard;
