package distributedmysql.monitor;

/**
 * Microseconds over all samples. The percentiles have three significant digits. Without samples all figures are null:
 * no figure is not zero.
 *
 * @param avg null if there were no samples, as are the four that follow
 * @param samples readings that gave a value
 * @param missing readings that gave none, and those that were due and could not be taken
 */
public record LagStatistics(Long avg, Long p50, Long p95, Long p99, Long max, long samples, long missing) {}
