package distributedmysql.experiment.soak;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.history.Quantity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What may grow while a soak runs.
 *
 * @param judged whether leaks are checked, or only reported
 * @param sampleInterval between two readings
 * @param warmUpShare the share of the soak, from its beginning, in which growth is no leak
 * @param minDuration from first to last reading after the warm-up; if it is less, the verdict is UNKNOWN
 * @param limits how much each quantity may grow per second, in its unit
 */
public record LeakSettings(
        boolean judged,
        Duration sampleInterval,
        double warmUpShare,
        Duration minDuration,
        Map<Quantity, Double> limits) {

    private static final int MOST_BYTES = 1 << 30;

    static LeakSettings read(SettingsReader reader) {
        return new LeakSettings(
                reader.flag("soak.leaks.required"),
                reader.duration("soak.leaks.sample-interval", Duration.ofMillis(50), Settings.HOUR),
                reader.number("soak.leaks.warm-up-share", 0, 0.9),
                reader.duration("soak.leaks.min-duration", Duration.ofSeconds(1), Settings.DAY),
                limits(reader));
    }

    private static Map<Quantity, Double> limits(SettingsReader reader) {
        Map<Quantity, Double> limits = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            limits.put(quantity, limit(reader, quantity));
        }
        return limits;
    }

    /** Its key is as the reports call it, for instance {@code client-open-files}. */
    private static double limit(SettingsReader reader, Quantity quantity) {
        String key = "soak.leaks.limits." + quantity.label().replace(' ', '-');
        return switch (quantity) {
            case CLIENT_HEAP, CLIENT_RESIDENT, SERVER_RESIDENT, SERVER_ALLOCATED -> reader.bytes(key, 0, MOST_BYTES);
            case CLIENT_THREADS, CLIENT_FILES, SERVER_CONNECTIONS -> reader.number(key, 0, 1_000);
            case SERVER_STATEMENTS -> reader.number(key, 0, 10_000);
        };
    }
}
