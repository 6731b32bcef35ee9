package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * What was measured so far. All statistics are of the time between {@code loadFromMillis} and {@code loadToMillis}; the
 * series and the counts of the samplers may begin before it and go on after it.
 */
@JsonClassDescription("Replication lag, sampled while load ran. All distributions are of the time from "
        + "loadFromMillis to loadToMillis; the series and the samplers' counts have what was before "
        + "and after, too.")
public record ReplicationLagResult(
        @JsonPropertyDescription(
                "When the load began, on the clock of the series, in milliseconds; null if it did not. In a "
                        + "read-only run, when the sampling did.")
        Long loadFromMillis,

        @JsonPropertyDescription(
                "When the load ended, on the clock of the series, in milliseconds: probes may still have "
                        + "waited for replicas after it. Null if it did not begin.")
        Long loadToMillis,

        @JsonPropertyDescription(
                "Whether the primary committed nothing while the lag was watched: a lag of 0 then proves "
                        + "nothing. Always false where the heartbeat writes.")
        boolean primaryIdle,

        @JsonPropertyDescription("Interval of the heartbeat, or, in a read-only run, of the readings of the primary's "
                + "position; the resolution of the probe, in microseconds.")
        long beatIntervalMicros,

        @JsonPropertyDescription(
                "How long each beat took, from sending to the answer: a commit of the heartbeat, or one of "
                        + "those readings, in microseconds.")
        LagStatistics beatMicros,

        @JsonPropertyDescription("One entry for each node that was a replica at some time.")
        List<ReplicaLag> replicas,

        @JsonPropertyDescription("How well each sampler kept its interval.")
        List<Sampler.Counts> samplers) {}
