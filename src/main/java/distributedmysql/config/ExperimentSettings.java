package distributedmysql.config;

import java.util.List;

/**
 * The settings of one experiment, and what must be known of it before anything is started: how long it takes, and what it
 * asks of servers. All of it is computed from settings alone. Immutable.
 */
public interface ExperimentSettings {
    /** Of an experiment without settings. */
    ExperimentSettings NONE = new ExperimentSettings() {};

    /**
     * Each value by itself is allowed; this refuses those that do not go together.
     *
     * @throws SettingsException if some do not
     */
    default void refuseImpossible(Settings settings, SettingsReader reader) {}

    /** About how long it takes, and what of it {@code time-budget} may lower. */
    default PlannedTime time(Settings settings) {
        return PlannedTime.NOTHING;
    }

    /**
     * The most requests per second, to all servers together, that arrive at rates of their own, for each load that it plays
     * one after the other. Not counted: what can wait for its turn (closed loads, reads until a write is visible, the
     * comparison of tables), and administration.
     *
     * @param replicas how many a primary has, in each shard
     */
    default List<Demand> requests(Settings settings, int replicas) {
        return List.of();
    }

    /**
     * The most connections that it has to one server at the same time.
     *
     * @param replicas how many a primary has, in each shard
     */
    default List<Demand> connections(Settings settings, int replicas) {
        return List.of();
    }

    /** What it sends without a rate, as fast as it is answered, such as {@code the comparison of tables}. */
    default List<String> waiting(Settings settings) {
        return List.of();
    }

    /** What else the users of servers that are not ours should know before it is played, a line each. */
    default List<String> announcement(Settings settings) {
        return List.of();
    }

    /** Whether it kills servers where it may. */
    default boolean killsServers() {
        return false;
    }
}
