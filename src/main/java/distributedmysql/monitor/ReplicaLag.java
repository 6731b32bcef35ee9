package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One replica's lag in microseconds, measured three ways side by side; see {@link ReplicationLag}.
 *
 * @param replica the node's name
 * @param neverGets the primary's transactions that the replica lacks and will not get, as a GTID set; they count as no
 *     lag; null if there are none
 * @param seriesIntervalMillis how much time one point of the series stands for
 */
public record ReplicaLag(
        String replica,
        @JsonInclude(JsonInclude.Include.NON_NULL) String neverGets,
        LagStatistics probe,
        ServerLag server,
        LagStatistics secondsBehind,
        long seriesIntervalMillis,
        List<LagPoint> series) {}
