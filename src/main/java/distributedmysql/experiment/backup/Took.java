package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.backup.StepTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How long a step took. */
@JsonClassDescription("How long a step took.")
record Took(
        @JsonPropertyDescription("What was done, for instance: clone, store, start the server.")
        String step,

        @JsonPropertyDescription("How long, in seconds.") double seconds) {
    static List<Took> all(List<StepTime> steps) {
        return steps.stream()
                .map(step -> new Took(step.step(), step.took().toNanos() / 1e9))
                .toList();
    }

    static Took since(String step, long startNanos) {
        return new Took(step, (System.nanoTime() - startNanos) / 1e9);
    }

    static double seconds(List<Took> steps) {
        return steps.stream().mapToDouble(Took::seconds).sum();
    }

    /** For the console. */
    static String line(List<Took> steps) {
        return steps.stream()
                .map(step -> String.format(Locale.ROOT, "%s %.1f s", step.step, step.seconds))
                .collect(Collectors.joining(", "));
    }
}
