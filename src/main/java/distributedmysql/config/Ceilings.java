package distributedmysql.config;

import java.util.Collections;

/** What the settings of a profile may ask of servers that are not ours. */
final class Ceilings {
    private Ceilings() {}

    /**
     * Open stages send at most {@code external.max-rate}. A closed stage has no rate of its own: it sends as fast as the
     * server answers, over at most {@code external.max-connections}.
     *
     * @throws SettingsException if a stage asks for more
     */
    static void refuseAbove(Settings settings, SettingsReader reader) {
        int maxRate = settings.external().maxRate();
        PerformanceSettings performance = settings.performance();
        refuseRate(
                reader,
                maxRate,
                "performance.select.rates",
                Collections.max(performance.select().rates()));
        refuseRate(
                reader, maxRate, "performance.mixed.rate", performance.mixed().rate());
        refuseRate(
                reader, maxRate, "consistency.load-rate", settings.consistency().loadRate());
        refuseRate(
                reader,
                maxRate,
                "stability.soak.rate",
                settings.stability().soak().rate());
        if (settings.external().allowFaults()) {
            FailoverSettings failover = settings.stability().failover();
            refuseRate(reader, maxRate, "stability.failover.write-rate", failover.writeRate() + failover.readRate());
        }

        int maxConnections = settings.external().maxConnections();
        int steps = Collections.max(settings.stability().connections().steps());
        refuseConnections(
                reader,
                maxConnections,
                "connection.pool-size",
                settings.connection().poolSize());
        refuseConnections(reader, maxConnections, "stability.connections.steps", steps);
    }

    private static void refuseRate(SettingsReader reader, int max, String key, int rate) {
        if (rate > max) {
            throw reader.refused(key, rate + " requests per second are above external.max-rate = " + max);
        }
    }

    private static void refuseConnections(SettingsReader reader, int max, String key, int connections) {
        if (connections > max) {
            throw reader.refused(key, connections + " connections are above external.max-connections = " + max);
        }
    }
}
