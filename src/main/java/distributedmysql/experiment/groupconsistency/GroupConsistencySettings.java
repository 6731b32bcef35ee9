package distributedmysql.experiment.groupconsistency;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.Durations;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
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
    private static final String KEY = "group-consistency";
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
        return settings.mayBeGroup()
                ? new PlannedTime(
                        around.multipliedBy(levels).plus(PlannedTime.BETWEEN),
                        List.of(Amount.duration(DURATION, duration, LEAST, levels)))
                : PlannedTime.NOTHING;
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        if (settings.readOnly()) {
            return List.of();
        }
        double seconds = Durations.seconds(duration);
        return List.of(new Demand(
                KEY,
                ROUNDS,
                List.of(
                        new Item(
                                "a write and a read in each of " + ROUNDS,
                                2.0 * rounds * delays.size() * replicas / seconds),
                        new Item("readings of queues", MemberQueues.PER_SECOND * (1 + replicas)))));
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return List.of(ServerConnections.pooled(settings, KEY, new Item("readings of queues", 1)));
    }

    @Override
    public List<String> waiting(Settings settings) {
        return settings.readOnly()
                ? List.of()
                : List.of("the writers of group consistency, if the servers are a group");
    }
}
