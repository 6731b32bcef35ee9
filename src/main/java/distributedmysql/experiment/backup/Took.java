package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.backup.StepTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How long a step took. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("How long a step took.")
record Took(
        @JsonPropertyDescription(
                "What was done, for instance: clone, store, copy, read again, restore by clone, look, catch up, compare.")
        String step,

        @JsonPropertyDescription("How long, in seconds.") double seconds,

        @JsonPropertyDescription(
                "Of what the backup consists of, per second, in 1,000,000 bytes; absent where that is not what took the time.")
        @Nullable
        Double megabytesPerSecond) {
    static List<Took> all(List<StepTime> steps) {
        return steps.stream()
                .map(step -> new Took(step.step(), step.took().toNanos() / 1e9, null))
                .toList();
    }

    static Took since(String step, long startNanos) {
        return new Took(step, (System.nanoTime() - startNanos) / 1e9, null);
    }

    /** The same, in which this content was read or written. */
    Took with(long contentBytes) {
        return new Took(step, seconds, megabytesPerSecond(contentBytes, seconds));
    }

    static double megabytesPerSecond(long bytes, double seconds) {
        return bytes / 1e6 / Math.max(1e-3, seconds);
    }

    static double seconds(List<Took> steps) {
        return steps.stream().mapToDouble(Took::seconds).sum();
    }

    /** For the console; without the rate of what took so little that it would say nothing. */
    static String line(List<Took> steps) {
        return steps.stream().map(Took::line).collect(Collectors.joining(", "));
    }

    private String line() {
        String took = seconds < 0.1
                ? String.format(Locale.ROOT, "%s %.0f ms", step, seconds * 1e3)
                : String.format(Locale.ROOT, "%s %.1f s", step, seconds);
        return megabytesPerSecond == null || seconds < 0.1
                ? took
                : String.format(Locale.ROOT, "%s (%.0f MB/s)", took, megabytesPerSecond);
    }
}
