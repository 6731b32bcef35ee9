package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
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
        List<LagPoint> series) {
    /**
     * The server's own figures of the newest applied transaction; {@code total} is the sum of the three. For what they mean
     * see {@link ReplicationLag}.
     */
    public record ServerLag(
            @JsonPropertyDescription("From the commit on the primary to the end of its queueing in the relay log.")
            LagStatistics transport,

            @JsonPropertyDescription("From there to the beginning of its application.")
            LagStatistics queue,

            @JsonPropertyDescription("From there to its end.")
            LagStatistics apply,

            @JsonPropertyDescription("All three.") LagStatistics total) {}

    /**
     * One interval of a time series: the highest value of each way of measuring, in microseconds; null where that way had
     * no answer in the interval.
     */
    @JsonClassDescription(
            "One interval of the series: the highest value in it, in microseconds; null where there was none.")
    public record LagPoint(
            @JsonPropertyDescription("Beginning of the interval, in milliseconds since the probes were prepared.")
            long atMillis,

            @JsonPropertyDescription("Of the probe, in microseconds.")
            Long probe,

            @JsonPropertyDescription("Of the server's total, in microseconds.") @JsonRule("minimum: null")
            Long server,

            @JsonPropertyDescription("Of Seconds_Behind_Source, in microseconds.")
            Long secondsBehind) {}
}
