package distributedmysql.config;

import distributedmysql.config.PerformanceSettings.Phases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * About how long each part of a run takes, by its settings: the one computation, for the console and for {@code
 * time-budget}. What is measured (stages, probes, rounds) counts as the settings say; the rest is what it took in measured
 * runs.
 */
public final class PlannedTime {
    /**
     * In the open model, load goes on after the measured window: its start is counted from the first request, which may
     * be late, in a JVM that has just begun to load the classes that it needs.
     */
    public static final Duration MARGIN = Duration.ofMillis(1_500);

    /** From one population to the next, Gatling takes about a second. */
    public static final Duration BETWEEN = Duration.ofSeconds(1);

    /** Opening the connections of the closed stages. */
    public static final Duration OPENING = Duration.ofSeconds(2);

    /** Of the consistency part: catching up, final reads, comparison of tables, checkers. */
    public static final Duration JUDGING = Duration.ofSeconds(5);

    /** Before and after the failovers of a mode: to change the mode, to rebuild a server, to read all rows. */
    public static final Duration AROUND_FAILOVERS = Duration.ofSeconds(3);

    /** Opening and closing the connections of one step. */
    private static final Duration CONNECTING = Duration.ofMillis(1_500);

    private static final Duration SERVERS = Duration.ofSeconds(15);
    private static final Duration DATA_OF_SCALE_1 = Duration.ofSeconds(8);

    /**
     * An amount that {@code time-budget} may lower: a duration in seconds, or a number of rounds.
     *
     * @param least the least that it may become: what the verdicts need
     * @param seconds that each unit of the amount takes in the whole run
     */
    record Scalable(String key, double amount, double least, double seconds) {
        double time(double factor) {
            return Math.max(least, factor * amount) * seconds;
        }
    }

    private final Settings settings;
    private final List<Scalable> scalable = new ArrayList<>();
    private Duration fixed;

    /** Of a run that plays these parts, from its start to its end. */
    PlannedTime(Settings settings, Set<RunPart> parts) {
        this.settings = settings;
        this.fixed =
                SERVERS.plus(millis(DATA_OF_SCALE_1.toMillis() * settings.data().scale()));
        if (parts.contains(RunPart.CONSISTENCY)) {
            consistency();
        }
        if (settings.readOnly()) {
            // Whether there is data for a load is not known before the servers are asked.
            return;
        }
        if (parts.contains(RunPart.PERFORMANCE)) {
            performance();
        }
        if (parts.contains(RunPart.SOAK)) {
            soak();
        }
        if (parts.contains(RunPart.CONNECTIONS)) {
            connections();
        }
        if (parts.contains(RunPart.FAILOVER)) {
            failover();
        }
    }

    /** About how long all connection steps take. */
    public static Duration steps(StabilitySettings.Connections steps) {
        return steps.warmUp()
                .plus(steps.steady())
                .plus(CONNECTING)
                .multipliedBy(steps.steps().size());
    }

    /** About how long a failover and the load before and after it take. */
    public static Duration round(FailoverSettings failover) {
        return failover.before().plus(failover.after()).plus(BETWEEN);
    }

    /** About how long a run of these parts takes, from its start to its end. */
    public static Duration of(Settings settings, Set<RunPart> parts) {
        return new PlannedTime(settings, parts).whole();
    }

    /** About how long it takes until servers and data are there; part of {@link #of}. */
    public static Duration preparation(Settings settings) {
        return SERVERS.plus(millis(DATA_OF_SCALE_1.toMillis() * settings.data().scale()));
    }

    Duration whole() {
        return seconds(1);
    }

    /** With every amount scaled, but not below its least. */
    Duration seconds(double factor) {
        double sum = scalable.stream().mapToDouble(item -> item.time(factor)).sum();
        return fixed.plus(millis(1e3 * sum));
    }

    List<Scalable> scalable() {
        return scalable;
    }

    private void performance() {
        PerformanceSettings performance = settings.performance();
        if (!performance.jvmWarmUp().isZero()) {
            fixed = fixed.plus(performance.jvmWarmUp()).plus(BETWEEN);
        }
        int rates = performance.select().rates().size();
        stages("performance.select.", performance.select().phases(), rates);
        stages("performance.mixed.", performance.mixed().phases(), 1);
        fixed = fixed.plus(MARGIN.plus(BETWEEN).multipliedBy(rates + 1L)).plus(OPENING);
        int points = performance.maxThroughput().concurrency().size();
        stages("performance.max-throughput.", performance.maxThroughput().phases(), points);
        fixed = fixed.plus(BETWEEN.multipliedBy(points));
    }

    private void stages(String section, Phases phases, int times) {
        add(section + "warm-up", phases.warmUp(), Duration.ofSeconds(1), times);
        add(section + "ramp", phases.ramp(), Duration.ofSeconds(1), times);
        add(section + "steady", phases.steady(), Duration.ofSeconds(2), times);
    }

    /** With fewer rounds than samples that are wanted, the verdicts would be UNKNOWN; the probes' rate stays as it is. */
    private void consistency() {
        ConsistencySettings consistency = settings.consistency();
        double share = settings.readOnly()
                ? 0
                : (double) consistency.readAfterWrite().minSamples()
                        / consistency.readAfterWrite().rounds();
        Duration least = millis(Math.ceil(consistency.duration().toSeconds() * share) * 1_000);
        Duration atLeast = Duration.ofSeconds(8);
        add("consistency.duration", consistency.duration(), least.compareTo(atLeast) > 0 ? least : atLeast, 1);
        fixed = fixed.plus(MARGIN).plus(BETWEEN).plus(JUDGING);
    }

    private void soak() {
        StabilitySettings stability = settings.stability();
        add("soak.duration", stability.soak().duration(), leastSoak(stability), 1);
        fixed = fixed.plus(stability.soak().warmUp()).plus(MARGIN).plus(BETWEEN);
    }

    private void connections() {
        StabilitySettings.Connections connections = settings.stability().connections();
        int steps = connections.steps().size();
        add("connections.warm-up", connections.warmUp(), Duration.ofMillis(100), steps);
        add("connections.steady", connections.steady(), Duration.ofMillis(500), steps);
        fixed = fixed.plus(CONNECTING.multipliedBy(steps));
    }

    private void failover() {
        FailoverSettings failover = settings.stability().failover();
        boolean external = settings.topology() == TopologyKind.EXTERNAL;
        if (failover.rounds() > 0 && !(external && !settings.external().allowFaults())) {
            int modes = external ? 1 : failover.modes().size();
            scalable.add(new Scalable("failover.rounds", failover.rounds(), 1, toSeconds(round(failover)) * modes));
            fixed = fixed.plus(AROUND_FAILOVERS.multipliedBy(2L * modes));
        }
    }

    /** In less, leaks and drift could not be judged. */
    private static Duration leastSoak(StabilitySettings stability) {
        StabilitySettings.Leaks leaks = stability.leaks();
        double judged = leaks.judged() ? toSeconds(leaks.minDuration()) : 0;
        double drift = stability.soak().judged()
                ? toSeconds(stability.soak().interval()) * StabilitySettings.LEAST_INTERVALS
                : 0;
        double share = 1 - leaks.warmUpShare();
        double least = Math.ceil(Math.max(5, Math.max(judged / share, drift)));
        // What is divided and multiplied again may be a little less.
        return millis(1_000 * (least * share < judged ? least + 1 : least));
    }

    private void add(String key, Duration amount, Duration least, int times) {
        double seconds = toSeconds(amount);
        scalable.add(new Scalable(key, seconds, Math.min(seconds, toSeconds(least)), times));
    }

    private static double toSeconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis(Math.round(millis));
    }
}
