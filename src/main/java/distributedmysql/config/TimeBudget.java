package distributedmysql.config;

import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.PlannedTime.Rounds;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a run fit into {@code time-budget}: durations and rounds are lowered, all in the same proportion, but none below
 * what its verdicts need. Rates, connections and limits stay as they are. A run that fits anyway stays as it is.
 */
final class TimeBudget {
    static final String KEY = "time-budget";

    private static final int STEPS = 60;
    private static final int NAMED = 4;

    private TimeBudget() {}

    /**
     * The settings that change, by key.
     *
     * @throws SettingsException if even the least does not fit, or it is not known what the simulation plays
     */
    static Map<String, Object> fit(Settings settings, Duration budget, SettingsReader reader) {
        if (settings.played().isEmpty()) {
            throw reader.refused(
                    KEY,
                    "this simulation does not say what it plays, so how long it takes is not known"
                            + " (in its constructor: super(...), with those of Experiments that it plays); -Dtime-budget= is no budget");
        }
        PlannedTime planned = PlannedTime.ofRun(settings);
        if (planned.whole().compareTo(budget) <= 0) {
            return Map.of();
        }
        if (planned.seconds(0).compareTo(budget) > 0) {
            throw reader.refused(
                    KEY,
                    "does not fit: the least is " + text(planned.seconds(0)) + " (" + largest(planned)
                            + "), without a budget it takes " + text(planned.whole()));
        }
        return scaled(planned.amounts(), factor(planned, budget));
    }

    private static double factor(PlannedTime planned, Duration budget) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (planned.seconds(middle).compareTo(budget) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Map<String, Object> scaled(List<Amount> items, double factor) {
        Map<String, Object> scaled = new LinkedHashMap<>();
        for (Amount item : items) {
            double amount = Math.max(item.least(), factor * item.amount());
            if (amount >= item.amount()) {
                continue;
            }
            scaled.put(item.key(), item.isDuration() ? rounded(amount) : (int) amount);
            double share = amount / item.amount();
            for (Rounds along : item.along()) {
                scaled.put(along.key(), Math.max(along.least(), (int) (along.rounds() * share)));
            }
        }
        return scaled;
    }

    /** Down to whole seconds, or to tenths where it is short. */
    private static String rounded(double seconds) {
        long unit = seconds >= 10 ? 1_000 : 100;
        return Durations.text(Duration.ofMillis((long) (seconds * 1_000 + 1e-6) / unit * unit));
    }

    /** What takes most of the least. */
    private static String largest(PlannedTime planned) {
        return planned.amounts().stream()
                .sorted(Comparator.comparing((Amount item) -> item.time(0)).reversed())
                .limit(NAMED)
                .map(item -> item.key() + " "
                        + (item.isDuration() ? rounded(item.least()) : String.valueOf((int) item.least()))
                        + ": " + text(Duration.ofMillis(Math.round(item.time(0) * 1_000))))
                .collect(Collectors.joining(", "));
    }

    /** To the second, up. */
    private static String text(Duration duration) {
        long seconds = (duration.toMillis() + 999) / 1_000;
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        return minutes < 120 ? minutes + "m " + seconds % 60 + "s" : minutes / 60 + "h " + minutes % 60 + "m";
    }
}
