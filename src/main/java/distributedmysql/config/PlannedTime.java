package distributedmysql.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * About how long an experiment takes, or a whole run, by its settings: the one computation, for the console and for {@code
 * time-budget}. What is measured (stages, probes, rounds) counts as the settings say; the rest is what it took in measured
 * runs.
 *
 * @param fixed what stays as it is
 * @param amounts what may be lowered
 */
public record PlannedTime(Duration fixed, List<Amount> amounts) {
    public static final PlannedTime NOTHING = new PlannedTime(Duration.ZERO, List.of());

    /**
     * In the open model, load goes on after the measured window: its start is counted from the first request, which may
     * be late, in a JVM that has just begun to load the classes that it needs.
     */
    public static final Duration MARGIN = Duration.ofMillis(1_500);

    /** From one population to the next, Gatling takes about a second. */
    public static final Duration BETWEEN = Duration.ofSeconds(1);

    private static final Duration SERVERS = Duration.ofSeconds(15);
    private static final Duration DATA_OF_SCALE_1 = Duration.ofSeconds(8);

    /**
     * A setting that {@code time-budget} may lower: a duration in seconds, or a number of rounds.
     *
     * @param least the least that it may become: what the verdicts need
     * @param seconds that each unit of the amount takes in the whole run
     * @param isDuration otherwise it is a number of rounds
     * @param along what is lowered in the same proportion, and takes no time of its own
     */
    public record Amount(
            String key, double amount, double least, double seconds, boolean isDuration, List<Rounds> along) {
        /** @param times how often it is waited for */
        public static Amount duration(String key, Duration amount, Duration least, int times) {
            double seconds = Durations.seconds(amount);
            return new Amount(key, seconds, Math.min(seconds, Durations.seconds(least)), times, true, List.of());
        }

        /** At least one. */
        public static Amount rounds(String key, int rounds, Duration each) {
            return new Amount(key, rounds, 1, Durations.seconds(each), false, List.of());
        }

        public Amount with(List<Rounds> along) {
            return new Amount(key, amount, least, seconds, isDuration, along);
        }

        double time(double factor) {
            return Math.max(least, factor * amount) * seconds;
        }
    }

    /** A number of rounds, and the least that it may become. */
    public record Rounds(String key, int rounds, int least) {}

    /** About how long a run of what is played takes, from its start to its end. */
    public static Duration of(Settings settings) {
        return ofRun(settings).whole();
    }

    /** About how long it takes until servers and data are there; part of {@link #of}. */
    public static Duration preparation(Settings settings) {
        return SERVERS.plus(millis(DATA_OF_SCALE_1.toMillis() * settings.data().scale()));
    }

    static PlannedTime ofRun(Settings settings) {
        Duration fixed = preparation(settings);
        List<Amount> amounts = new ArrayList<>();
        for (ExperimentSettings experiment : settings.ofPlayed()) {
            PlannedTime time = experiment.time(settings);
            fixed = fixed.plus(time.fixed);
            amounts.addAll(time.amounts);
        }
        return new PlannedTime(fixed, amounts);
    }

    Duration whole() {
        return seconds(1);
    }

    /** With every amount scaled, but not below its least. */
    Duration seconds(double factor) {
        double sum = amounts.stream().mapToDouble(amount -> amount.time(factor)).sum();
        return fixed.plus(millis(1e3 * sum));
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis(Math.round(millis));
    }
}
