package distributedmysql.run;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsSection;
import distributedmysql.report.Section;
import java.util.List;

/**
 * Load, something done meanwhile, a record of both, and a verdict. Each is a folder below {@code experiment}; nothing outside
 * of it knows it by name but the list of all. Implementations have no state: what one run needs is in its
 * {@link ExperimentRun}.
 */
public interface Experiment extends SettingsSection {
    /**
     * Its name in {@code -Dexperiments}, and of its section in the settings and in the JSON summary: lower case, words joined
     * by hyphens.
     */
    @Override
    String key();

    /** The record of what it measures, from which the schema of the JSON summary is made. */
    Class<? extends Section> section();

    /**
     * The tables that it may make in the framework's database with these settings, without their database: servers that would keep one of them from
     * replicas are refused before anything is written. Those of the load, the ledger and the probes need not be named.
     */
    default List<String> tables(Settings settings) {
        return List.of();
    }

    /**
     * Looks whether what it needs besides servers, such as a place for its files, is there and can be used. Called once, before any
     * server is started.
     *
     * @return what the user should know although it can be played: a line each
     * @throws distributedmysql.config.SettingsException if it cannot be played with these settings
     */
    default List<String> require(Settings settings) {
        return List.of();
    }

    /**
     * Prepares to play it on these servers; called once, before any load. Checks that cannot be made on them are said with
     * {@link TestRun#notRun}, and have no steps.
     *
     * @throws distributedmysql.mysql.TopologyException if the servers cannot be used
     */
    ExperimentRun prepare(TestRun run);
}
