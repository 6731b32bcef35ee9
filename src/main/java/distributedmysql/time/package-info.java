/**
 * Deadlines. Imports nothing of ours, so that every package may use it: what waits in {@code history} as well as what waits in
 * {@code gatling}. What asks again and again until a deadline is {@link distributedmysql.topology.Await}. It is up there because
 * it knows which failures of a server may pass, and that the run is ending; nothing below has to ask.
 */
package distributedmysql.time;
