package distributedmysql.monitor;

/**
 * One interval of a time series: the highest value of each way of measuring, in microseconds; null where that way had
 * no answer in the interval.
 *
 * @param atMillis the interval's beginning, since the run's start
 * @param server the server's own total
 */
public record LagPoint(long atMillis, Long probe, Long server, Long secondsBehind) {}
