package distributedmysql.experiment.writeconflicts;

import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * Increments of counters that all members' clients have in common.
 *
 * @param duration of each turn
 * @param clients on each member, who increment one counter after the other (closed model)
 * @param keys how many counters there are, for each turn
 */
public record WriteConflictsSettings(Duration duration, int clients, List<Integer> keys) implements ExperimentSettings {
    private static final String DURATION = "write-conflicts.duration";
    private static final String KEYS = "write-conflicts.keys";
    private static final Duration LEAST = Duration.ofSeconds(2);

    static WriteConflictsSettings read(SettingsReader reader) {
        return new WriteConflictsSettings(
                reader.duration(DURATION, Duration.ofSeconds(1), Settings.HOUR),
                reader.integer("write-conflicts.clients", 1, 100),
                reader.integers(KEYS, 1, 100_000));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        if (keys.stream().distinct().count() < keys.size()) {
            throw reader.refused(KEYS, "must have each number once, because each has counters of its own");
        }
    }

    @Override
    public PlannedTime time(Settings settings) {
        Duration around = PlannedTime.MARGIN.plus(PlannedTime.BETWEEN);
        return settings.isMultiPrimary()
                ? new PlannedTime(
                        around.multipliedBy(keys.size()).plus(PlannedTime.BETWEEN.multipliedBy(2)),
                        List.of(Amount.duration(DURATION, duration, LEAST, keys.size())))
                : PlannedTime.NOTHING;
    }
}
