package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * The server's own figures of the newest applied transaction; {@code total} is the sum of the three. For what they mean
 * see {@link ReplicationLag}.
 */
public record ServerLag(
        @JsonPropertyDescription("From the commit on the primary to the end of its queueing in the relay log.")
        LagStatistics transport,

        @JsonPropertyDescription("From there to the beginning of its application.")
        LagStatistics queue,

        @JsonPropertyDescription("From there to its end.") LagStatistics apply,
        @JsonPropertyDescription("All three.") LagStatistics total) {}
