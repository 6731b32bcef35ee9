/**
 * Deadlines. Imports nothing of ours, so that every package may use it: what waits in {@code history} as well as what waits in
 * {@code gatling}.
 */
package distributedmysql.time;
