package distributedmysql.load.record;

import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.config.LoadSettings.Engine;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What one stage is meant to do.
 *
 * @param name what the reports show, for instance {@code select 200/s}
 * @param engine what sends the statements, for instance {@code routed}
 * @param model open or closed
 * @param targetQps requests per second (open model)
 * @param concurrency users at once, each with one connection (closed model)
 * @param toOneShard whether all of it goes to one of several shards, as the comparison with a load of all of them
 */
public record StagePlan(
        String name,
        String engine,
        Model model,
        OptionalInt targetQps,
        OptionalInt concurrency,
        Phases phases,
        boolean toOneShard) {
    /** Whether requests arrive at a rate of their own, or each user waits for the last answer. */
    public enum Model {
        OPEN,
        CLOSED;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The engine of a scenario of the user's with requests that other actions than ours send and time. */
    static final String GATLING = "gatling";

    /** Nothing of it ever counts. */
    static final StagePlan UNMEASURED = open("", "", 0, new Phases(Duration.ofDays(365), Duration.ZERO, Duration.ZERO));

    /** Requests arrive at this rate, per second. */
    public static StagePlan open(String name, String engine, int targetQps, Phases phases) {
        return new StagePlan(name, engine, Model.OPEN, OptionalInt.of(targetQps), OptionalInt.empty(), phases, false);
    }

    /** So many users, each of whom waits for its answer. */
    public static StagePlan closed(String name, String engine, int concurrency, Phases phases) {
        return new StagePlan(
                name, engine, Model.CLOSED, OptionalInt.empty(), OptionalInt.of(concurrency), phases, false);
    }

    /** The same, and all of it goes to one of several shards: no shard's share of the load has it. */
    public StagePlan onOneShard() {
        return new StagePlan(name, engine, model, targetQps, concurrency, phases, true);
    }

    /** A scenario of the user's, of which we know no rate and no phases: all of it counts, to the end of its last request. */
    static StagePlan own(String scenario, Model model) {
        Phases all = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofDays(365));
        return new StagePlan(
                scenario, Engine.ROUTED.label(), model, OptionalInt.empty(), OptionalInt.empty(), all, false);
    }

    /** Whether it is a scenario of the user's, of which no rate is known. */
    public boolean isOwn() {
        return targetQps.isEmpty() && concurrency.isEmpty();
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
