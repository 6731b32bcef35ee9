package distributedmysql.experiment.consistency.judge;

import java.util.OptionalLong;

/**
 * How well one replica's lag was measured, and its 99th percentile.
 *
 * @param samples readings that gave a value
 * @param missing readings that gave none
 * @param p99Micros empty if there were no samples
 * @param neverGets transactions that it lacks and will not get, as a GTID set; empty if there are none
 */
public record LagEvidence(String replica, long samples, long missing, OptionalLong p99Micros, String neverGets) {}
