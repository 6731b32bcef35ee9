package distributedmysql.report;

import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.config.PlannedTime;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What one stage is meant to do.
 *
 * @param name what the reports show, for instance {@code select 200/s}
 * @param engine what sends the statements, for instance {@code routed}
 * @param targetQps requests per second (open model)
 * @param concurrency users at once, each with one connection (closed model)
 */
public record StagePlan(String name, String engine, OptionalInt targetQps, OptionalInt concurrency, Phases phases) {
    public static StagePlan open(String name, String engine, int targetQps, Phases phases) {
        return new StagePlan(name, engine, OptionalInt.of(targetQps), OptionalInt.empty(), phases);
    }

    public static StagePlan closed(String name, String engine, int concurrency, Phases phases) {
        return new StagePlan(name, engine, OptionalInt.empty(), OptionalInt.of(concurrency), phases);
    }

    /** From the first request to the start of the measured window, which is as long as the steady state. */
    public Duration uncounted() {
        return phases.warmUp().plus(phases.ramp());
    }

    /** About how long its load takes. */
    public Duration whole() {
        Duration measured = uncounted().plus(phases.steady());
        return targetQps.isPresent() ? measured.plus(PlannedTime.MARGIN) : measured;
    }
}
