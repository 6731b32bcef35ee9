package distributedmysql.config;

import java.time.Duration;
import java.util.List;

/**
 * The performance stages.
 *
 * @param jvmWarmUp how long a small load, which is no stage, runs before the first stage
 */
public record PerformanceSettings(Duration jvmWarmUp, Select select, Mixed mixed, MaxThroughput maxThroughput) {

    /** Warm-up (not counted), ramp (not counted) and steady state of one stage. */
    public record Phases(Duration warmUp, Duration ramp, Duration steady) {
        static Phases read(SettingsReader reader, String section) {
            return new Phases(
                    reader.duration(section + ".warm-up", Duration.ZERO, Settings.HOUR),
                    reader.duration(section + ".ramp", Duration.ZERO, Settings.HOUR),
                    steady(reader, section));
        }

        private static Duration steady(SettingsReader reader, String section) {
            return reader.duration(section + ".steady", Duration.ofSeconds(1), Settings.DAY);
        }
    }

    /** Open model; one stage per rate, in requests per second. */
    public record Select(List<Integer> rates, Phases phases) {}

    /** Open model; the rate is in requests per second. */
    public record Mixed(int rate, Phases phases) {}

    /**
     * Closed model; one step per level of concurrency.
     *
     * @param p95 the objective: the 95th percentile of the latency must not be above
     * @param errorPercent the objective: the share of failed requests must not be above
     */
    public record MaxThroughput(List<Integer> concurrency, Phases phases, Duration p95, double errorPercent) {}

    static PerformanceSettings read(SettingsReader reader) {
        String max = "performance.max-throughput";
        return new PerformanceSettings(
                reader.duration("performance.jvm-warm-up", Duration.ZERO, Settings.HOUR),
                new Select(
                        reader.integers("performance.select.rates", 1, 1_000_000),
                        Phases.read(reader, "performance.select")),
                new Mixed(
                        reader.integer("performance.mixed.rate", 10, 1_000_000),
                        Phases.read(reader, "performance.mixed")),
                new MaxThroughput(
                        reader.integers(max + ".concurrency", 1, 10_000),
                        new Phases(
                                reader.duration(max + ".warm-up", Duration.ZERO, Settings.HOUR),
                                Duration.ZERO,
                                Phases.steady(reader, max)),
                        reader.duration(max + ".objective.p95", Settings.MILLI, Settings.HOUR),
                        reader.number(max + ".objective.error-percent", 0, 100)));
    }
}
