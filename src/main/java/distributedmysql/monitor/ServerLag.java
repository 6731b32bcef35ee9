package distributedmysql.monitor;

/**
 * The server's own figures of the newest applied transaction; {@code total} is the sum of the three. For what they mean
 * see {@link ReplicationLag}.
 */
public record ServerLag(LagStatistics transport, LagStatistics queue, LagStatistics apply, LagStatistics total) {}
