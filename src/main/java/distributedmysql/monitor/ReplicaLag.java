package distributedmysql.monitor;

import java.util.List;

/**
 * One replica's lag in microseconds, measured three ways side by side; see {@link ReplicationLag}.
 *
 * @param replica the node's name
 * @param seriesIntervalMillis how much time one point of the series stands for
 */
public record ReplicaLag(
        String replica,
        LagStatistics probe,
        ServerLag server,
        LagStatistics secondsBehind,
        long seriesIntervalMillis,
        List<LagPoint> series) {}
