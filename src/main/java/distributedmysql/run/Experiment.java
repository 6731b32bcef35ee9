package distributedmysql.run;

import distributedmysql.config.SettingsSection;
import distributedmysql.report.Section;

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
     * Prepares to play it on these servers; called once, before any load. Checks that cannot be made on them are said with
     * {@link TestRun#notRun}, and have no steps.
     *
     * @throws distributedmysql.mysql.TopologyException if the servers cannot be used
     */
    ExperimentRun prepare(TestRun run);
}
