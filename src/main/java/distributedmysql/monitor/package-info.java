/**
 * Readings of the servers' own figures, at one moment or at an interval while load runs. Judges nothing.
 *
 * <p>A {@link distributedmysql.monitor.Sampler} reads on a thread and a connection of its own, outside the measured
 * pools. A reading that cannot be had is counted as missing and never shows up as a zero.
 */
package distributedmysql.monitor;
