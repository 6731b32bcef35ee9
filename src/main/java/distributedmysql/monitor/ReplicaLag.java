package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replica's lag in microseconds, measured three ways side by side; see {@link ReplicationLag}. */
@JsonClassDescription("The lag of one replica, measured three ways side by side.")
public record ReplicaLag(
        @JsonPropertyDescription("Name of the replica.") String replica,

        @JsonPropertyDescription(
                "Transactions that the primary had executed, the replica has not and will not, as a GTID "
                        + "set: it was loaded without them and follows by file and position. They count as no lag. "
                        + "Absent if there are none.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String neverGets,

        @JsonPropertyDescription("Age of the oldest acknowledged heartbeat that the replica does not show, or, in a "
                + "read-only run, of the primary's oldest position (gtid_executed) that it has not reached, "
                + "on the client's clock, in microseconds.")
        LagStatistics probe,

        @JsonPropertyDescription("The server's commit timestamps of the newest applied transaction, in microseconds; "
                + "transport and total compare two hosts' clocks.")
        ServerLag server,

        @JsonPropertyDescription("Seconds_Behind_Source, in microseconds; a reading of NULL is missing.")
        LagStatistics secondsBehind,

        @JsonPropertyDescription("Time that one point of the series stands for, in milliseconds.")
        long seriesIntervalMillis,

        @JsonPropertyDescription("The highest values over time.")
        List<LagPoint> series) {}
