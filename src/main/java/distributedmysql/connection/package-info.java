/** One pool of connections per node, the feeder that routes virtual users to them, and what an SQL error means. */
package distributedmysql.connection;
