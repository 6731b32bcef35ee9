package distributedmysql.experiment.sharding.routed;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.List;

/**
 * How much is saved and loaded.
 *
 * @param players numbered from 1 on; the shard map says where each belongs
 * @param rate requests per second, half of them saves (open model)
 * @param phases of each of the two stages
 */
public record RoutedSettings(int players, int rate, Phases phases) {
    private static final String RATE = "sharding.routed.rate";

    /** Three of a save, two and the COMMIT, and one of a load. */
    private static final int STATEMENTS = 2;

    /** @throws distributedmysql.config.SettingsException if one is missing or not allowed */
    public static RoutedSettings read(SettingsReader reader) {
        return new RoutedSettings(
                reader.integer("sharding.routed.players", 100, 1_000_000),
                reader.integer(RATE, 1, 100_000),
                Phases.withoutRamp(reader, "sharding.routed"));
    }

    /** About how long it takes, where there are several shards. */
    public Duration time(Settings settings) {
        return settings.shards() == 1
                ? Duration.ZERO
                : phases.warmUp()
                        .plus(phases.steady())
                        .plus(PlannedTime.MARGIN)
                        .multipliedBy(2)
                        .plus(PlannedTime.BETWEEN.multipliedBy(5));
    }

    /** What arrives per second, by the statements. */
    public Demand requests() {
        String each = " (statements each, on average: " + STATEMENTS + ")";
        return new Demand("save and load", RATE, List.of(new Item(RATE + each, STATEMENTS * rate)));
    }
}
