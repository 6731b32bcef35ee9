package distributedmysql.config;

import java.util.Locale;

/**
 * The load of all experiments.
 *
 * @param maxErrorPercent the share of failed requests that is still allowed
 */
public record LoadSettings(Engine engine, double maxErrorPercent) {

    /** What sends the statements. */
    public enum Engine {
        /** Our own actions and pools. */
        ROUTED,
        /** The gatling-jdbc plugin. */
        GATLING_JDBC;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static LoadSettings read(SettingsReader reader) {
        return new LoadSettings(
                reader.oneOf("load.engine", Engine.class, Engine::label),
                reader.number("load.max-error-percent", 0, 100));
    }
}
