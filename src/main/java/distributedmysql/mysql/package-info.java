/**
 * One MySQL server, and nothing of a topology: its address and version, what it can do, its GTID sets, its replication
 * channels, and {@link distributedmysql.mysql.Mysql statements} that are no load. {@link distributedmysql.mysql.SessionSettings}
 * opens every connection outside a pool, and {@link distributedmysql.mysql.RateCap} counts what is sent over those of the load.
 */
package distributedmysql.mysql;
