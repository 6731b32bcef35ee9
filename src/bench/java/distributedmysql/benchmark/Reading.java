package distributedmysql.benchmark;

/**
 * What is read once a second while a load runs; all counts are since some time before.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param requests by the server's own count
 * @param clientPeakBytes the most memory that the generator has had resident so far
 */
record Reading(long nanos, long requests, long clientCpuMicros, long serverCpuMicros, long clientPeakBytes) {}
