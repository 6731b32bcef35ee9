package distributedmysql.experiment.connections;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Steps of a closed load with as many users as connections.
 *
 * @param steps how many connections, rising
 * @param warmUp of each step, not counted
 * @param steady of each step
 */
public record ConnectionsSettings(List<Integer> steps, Duration warmUp, Duration steady) implements ExperimentSettings {
    /** Opening and closing the connections of one step. */
    private static final Duration CONNECTING = Duration.ofMillis(1_500);

    private static final String STEPS = "connections.steps";

    static ConnectionsSettings read(SettingsReader reader) {
        return new ConnectionsSettings(
                reader.integers(STEPS, 1, 10_000),
                reader.duration("connections.warm-up", Duration.ZERO, Settings.HOUR),
                reader.duration("connections.steady", Duration.ofMillis(100), Settings.HOUR));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw reader.refused(STEPS, "must rise from step to step");
            }
        }
    }

    /** About how long all steps take. */
    Duration whole() {
        return warmUp.plus(steady).plus(CONNECTING).multipliedBy(steps.size());
    }

    @Override
    public PlannedTime time(Settings settings) {
        if (settings.readOnly()) {
            // Whether there is data for a load is not known before the servers are asked.
            return PlannedTime.NOTHING;
        }
        return new PlannedTime(
                CONNECTING.multipliedBy(steps.size()),
                List.of(
                        Amount.duration("connections.warm-up", warmUp, Duration.ofMillis(100), steps.size()),
                        Amount.duration("connections.steady", steady, Duration.ofMillis(500), steps.size())));
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return List.of(new Demand(
                "connections",
                STEPS,
                List.of(
                        new Item(STEPS, Collections.max(steps)),
                        ServerConnections.idle(settings),
                        ServerConnections.administration(settings))));
    }

    @Override
    public List<String> waiting(Settings settings) {
        return settings.sendsLoad() ? List.of("the reads of " + STEPS) : List.of();
    }
}
