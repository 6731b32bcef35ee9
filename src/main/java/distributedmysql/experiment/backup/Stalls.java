package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.report.LatencySummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The times between one acknowledged write of a shard and the next, in one phase. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "The times between one acknowledged numbered write of a shard and the next, or the begin or the end of the phase.")
record Stalls(
        @JsonPropertyDescription("All of these times, in microseconds; absent if no write was acknowledged.") @Nullable
        LatencySummary gapMicros,

        @JsonPropertyDescription(
                "From how long on such a time is a stall: as long as 10 writes take to arrive, in milliseconds.")
        double stallFromMillis,

        @JsonPropertyDescription("How many stalls there were.")
        int count,

        @JsonPropertyDescription("How long all of them were together, in milliseconds.")
        double totalMillis,

        @JsonPropertyDescription("The longest time in which a shard acknowledged no write, in milliseconds.")
        double longestMillis) {
    private static final int WRITES = 10;

    /**
     * Pure.
     *
     * @param acknowledged when each write was, on the run's clock; a list for each shard, in any order
     * @param rate of the writes to all shards, per second
     */
    static Stalls of(List<List<Long>> acknowledged, Span phase, int rate) {
        double from = 1e3 * WRITES * acknowledged.size() / rate;
        Histogram gaps = new Histogram(3);
        int count = 0;
        long total = 0;
        long longest = 0;
        for (List<Long> shard : acknowledged) {
            long[] times = LongStream.concat(
                            LongStream.of(phase.fromMicros(), phase.toMicros()),
                            shard.stream().mapToLong(Long::longValue).filter(phase::contains))
                    .sorted()
                    .toArray();
            for (int i = 1; i < times.length; i++) {
                long gap = times[i] - times[i - 1];
                if (times.length > 2) {
                    gaps.recordValue(gap);
                }
                longest = Math.max(longest, gap);
                if (gap >= 1e3 * from) {
                    count++;
                    total += gap;
                }
            }
        }
        return new Stalls(LatencySummary.of(gaps), from, count, total / 1e3, longest / 1e3);
    }

    /** For the console. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s of %.0f ms or more%s, longest gap %.0f ms",
                Plural.of(count, "stall"),
                stallFromMillis,
                count == 0 ? "" : String.format(Locale.ROOT, " (%.0f ms)", totalMillis),
                longestMillis);
    }
}
