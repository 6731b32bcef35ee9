package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.report.LatencySummary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the users noticed in one phase. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What the users noticed before, during or after something.")
record Cost(
        @JsonPropertyDescription(
                "before: until the first backup began; full backups by how they were made, such as clone; ship: binary logs "
                        + "were shipped; after: when all of that was done.")
        String phase,

        @JsonPropertyDescription("How long it took under load, in seconds.")
        double seconds,

        @JsonPropertyDescription("Requests of the load that succeeded, per second.")
        double loadPerSecond,

        @JsonPropertyDescription("Requests of the load that failed.")
        long loadErrors,

        @JsonPropertyDescription(
                "Latency of those that succeeded, from the intended start, to 1 %; absent if none did.")
        @Nullable
        LatencySummary loadMicros,

        @JsonPropertyDescription("Numbered writes that were acknowledged, per second.")
        double writesPerSecond,

        @JsonPropertyDescription("Numbered writes that failed, or whose outcome is not known.")
        long writeErrors,

        @JsonPropertyDescription("Latency of the acknowledged ones, from the intended start; absent if there was none.")
        @Nullable
        LatencySummary writeMicros,

        @JsonPropertyDescription("The longest time in which no numbered write was acknowledged, in milliseconds.")
        double longestStallMillis,

        @JsonPropertyDescription(
                "Highest replication lag, in milliseconds, of the probe; absent if it is not known, or there is no replica.")
        @Nullable
        Double lagMillis) {

    /** For the console. */
    String line() {
        if (seconds == 0) {
            return String.format(Locale.ROOT, "  %-8s when the load had ended: backup.during is too short", phase);
        }
        return String.format(
                Locale.ROOT,
                "  %-8s %6.1f s  load %,7.0f/s, p99 %s  writes %,6.0f/s, p99 %s  longest stall %.0f ms  lag %s",
                phase,
                seconds,
                loadPerSecond,
                latency(loadMicros),
                writesPerSecond,
                latency(writeMicros),
                longestStallMillis,
                lagMillis == null ? "-" : String.format(Locale.ROOT, "%.0f ms", lagMillis));
    }

    private static String latency(LatencySummary summary) {
        return summary == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f ms (max %.1f ms)", summary.p99() / 1e3, summary.max() / 1e3);
    }
}
