package distributedmysql.benchmark;

import java.util.Locale;
import java.util.Optional;

/** Whether a generator's latencies show that the server was stopped (no "coordinated omission"). */
final class StallCheck {
    /** Requests arrive at random times, and histograms are rounded. */
    private static final double TOLERANCE = 0.1;

    private StallCheck() {}

    /**
     * Of the requests that arrive while the server is stopped, each waits for the rest of the stop. In a window of T
     * seconds the slowest 1 % are those of its first 0.01 T: the 99th percentile is the stop without these.
     *
     * @return what is not shown; empty if all is, or if the server was not stopped or the generator tells no latencies
     */
    static Optional<String> problem(LoadPlan plan, ToolReport tool) {
        if (plan.stallMillis() == null || tool == null) {
            return Optional.empty();
        }
        double p99 = plan.stallMillis() - 0.01 * plan.steadySeconds() * 1000;
        return below("max", tool.latencyMicros().max(), plan.stallMillis())
                .or(() -> below("p99", tool.latencyMicros().p99(), p99));
    }

    private static Optional<String> below(String name, long micros, double expectedMillis) {
        double least = expectedMillis * (1 - TOLERANCE);
        return micros / 1000.0 >= least
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the stopped server does not show: %s %.1f ms, must be at least %.1f ms",
                        name,
                        micros / 1000.0,
                        least));
    }
}
