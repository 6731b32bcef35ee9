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
                "before: until the first backup began; full backups by how they were made, such as clone, from the begin of "
                        + "the first shard's to the end of the last shard's; ship: binary logs were shipped; after: when all "
                        + "of that was done.")
        String phase,

        @JsonPropertyDescription("How long it took, in seconds.")
        double seconds,

        @JsonPropertyDescription("How long of that the load went on, in seconds: the figures are of that part.")
        double secondsUnderLoad,

        @JsonPropertyDescription("What the mixed load noticed; absent if it had ended.") @Nullable
        OfLoad load,

        @JsonPropertyDescription("What the numbered writes noticed; absent if they had ended.") @Nullable
        OfWrites writes,

        @JsonPropertyDescription(
                "Replication lag by the probe, in microseconds: of all replicas, the highest in each interval of 100 ms (of more in a "
                        + "long run); absent if it is not known, or there is no replica.")
        @Nullable
        LatencySummary lagMicros) {

    /** The phase that the others are compared with. */
    static final String BEFORE = "before";

    /** From how many on a 99th percentile is more than the few slowest ones, which come and go. */
    static final int COMPARABLE = 300;

    /** Requests of the mixed load that arrived in a phase. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Requests of the mixed load that arrived in a phase.")
    record OfLoad(
            @JsonPropertyDescription("How many succeeded; its percentiles are of these.")
            long succeeded,

            @JsonPropertyDescription("Those that succeeded, per second.")
            double perSecond,

            @JsonPropertyDescription("Those that failed.") long errors,

            @JsonPropertyDescription(
                    "Latency of those that succeeded, from the intended start, to 1 %; absent if none did.")
            @Nullable
            LatencySummary latencyMicros,

            @JsonPropertyDescription(
                    "How many times as high as before its 99th percentile is; absent of before itself, and if one of them is of fewer than "
                            + COMPARABLE + ".")
            @Nullable
            Double p99TimesBefore) {
        private OfLoad beside(OfLoad before) {
            return new OfLoad(
                    succeeded,
                    perSecond,
                    errors,
                    latencyMicros,
                    times(latencyMicros, succeeded, before.latencyMicros, before.succeeded));
        }
    }

    /** Numbered writes that arrived in a phase. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Numbered writes that arrived in a phase.")
    record OfWrites(
            @JsonPropertyDescription("How many were acknowledged; its percentiles are of these.")
            long acknowledged,

            @JsonPropertyDescription("Those that were acknowledged, per second.")
            double perSecond,

            @JsonPropertyDescription("Those that failed, or whose outcome is not known.")
            long errors,

            @JsonPropertyDescription(
                    "Latency of the acknowledged ones, from the intended start; absent if there was none.")
            @Nullable
            LatencySummary latencyMicros,

            @JsonPropertyDescription(
                    "How many times as high as before its 99th percentile is; absent of before itself, and if one of them is of fewer than "
                            + COMPARABLE + ".")
            @Nullable
            Double p99TimesBefore,

            @JsonPropertyDescription("When no write was acknowledged.")
            Stalls stalls) {
        private OfWrites beside(OfWrites before) {
            return new OfWrites(
                    acknowledged,
                    perSecond,
                    errors,
                    latencyMicros,
                    times(latencyMicros, acknowledged, before.latencyMicros, before.acknowledged),
                    stalls);
        }
    }

    /** The same, beside what was noticed before. */
    Cost beside(Cost before) {
        return new Cost(
                phase,
                seconds,
                secondsUnderLoad,
                load == null || before.load == null ? load : load.beside(before.load),
                writes == null || before.writes == null ? writes : writes.beside(before.writes),
                lagMicros);
    }

    private static Double times(LatencySummary now, long of, LatencySummary before, long ofBefore) {
        return Math.min(of, ofBefore) < COMPARABLE
                ? null
                : Double.valueOf(Math.round(100.0 * now.p99() / before.p99()) / 100.0);
    }

    /** For the console. */
    String line() {
        String took = String.format(Locale.ROOT, "  %-8s %6.1f s", phase, seconds);
        if (load == null || writes == null) {
            return took
                    + (phase.equals(BEFORE)
                            ? "  writes waited for a connection all the while: too many for this machine"
                            : "  when the load had ended: backup.during is too short");
        }
        return took
                + (seconds - secondsUnderLoad < 0.1
                        ? ""
                        : String.format(Locale.ROOT, ", %.1f s of it under load", secondsUnderLoad))
                + String.format(
                        Locale.ROOT,
                        "  load %,7.0f/s, %s  writes %,6.0f/s, %s, %s  lag %s",
                        load.perSecond,
                        latency(load.latencyMicros, load.succeeded, load.p99TimesBefore),
                        writes.perSecond,
                        latency(writes.latencyMicros, writes.acknowledged, writes.p99TimesBefore),
                        writes.stalls.line(),
                        lagMicros == null ? "-" : String.format(Locale.ROOT, "max %.0f ms", lagMicros.max() / 1e3));
    }

    private static String latency(LatencySummary summary, long of, Double times) {
        if (summary == null) {
            return "p99 -";
        }
        String before = times == null ? "" : String.format(Locale.ROOT, " = %.1f x before", times);
        return String.format(
                Locale.ROOT,
                "p99 of %,d %.1f ms%s (max %.1f ms)",
                of,
                summary.p99() / 1e3,
                before,
                summary.max() / 1e3);
    }
}
