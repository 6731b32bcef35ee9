package distributedmysql.experiment.groupconsistency;

import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * Every level of {@code group_replication_consistency} in turn.
 *
 * @param duration of each level
 * @param writers users who write one row after the other (closed model)
 * @param delays from the acknowledgement of a write to the read of its row
 * @param rounds for each level, secondary and delay
 * @param minSamples answered reads that each of those needs for a verdict
 */
public record GroupConsistencySettings(
        Duration duration, int writers, List<Duration> delays, int rounds, int minSamples)
        implements ExperimentSettings {
    private static final String DURATION = "group-consistency.duration";
    private static final String ROUNDS = "group-consistency.rounds";
    private static final String MIN_SAMPLES = "group-consistency.min-samples";
    private static final Duration LEAST = Duration.ofSeconds(3);

    static GroupConsistencySettings read(SettingsReader reader) {
        return new GroupConsistencySettings(
                reader.duration(DURATION, Duration.ofSeconds(1), Settings.HOUR),
                reader.integer("group-consistency.writers", 1, 100),
                reader.durations("group-consistency.delays", Duration.ZERO, Settings.HOUR),
                reader.integer(ROUNDS, 1, 1_000_000),
                reader.integer(MIN_SAMPLES, 1, 1_000_000));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        if (minSamples > rounds) {
            throw reader.refusedTogether(
                    MIN_SAMPLES + " must be at most " + ROUNDS + ", otherwise no verdict is possible",
                    MIN_SAMPLES,
                    ROUNDS);
        }
    }

    @Override
    public PlannedTime time(Settings settings) {
        int levels = Level.values().length;
        Duration around = PlannedTime.MARGIN.plus(PlannedTime.BETWEEN);
        return settings.isGroup()
                ? new PlannedTime(
                        around.multipliedBy(levels), List.of(Amount.duration(DURATION, duration, LEAST, levels)))
                : PlannedTime.NOTHING;
    }
}
