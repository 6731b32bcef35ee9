/**
 * One pool of connections per node, the feeder that routes virtual users to them, what a request sends and brings back, and
 * what an SQL error means.
 */
package distributedmysql.connection;
