package distributedmysql.experiment;

import distributedmysql.config.Settings;
import distributedmysql.run.Experiment;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings with the sections of all experiments, for tests. */
public final class AllSettings {
    private static final List<Experiment> EXPERIMENTS = new Experiments().experiments();

    /** Of the main job, whose figures tests know. */
    public static final Set<String> KEYS = Stream.of(
                    Experiments.PERFORMANCE,
                    Experiments.CONSISTENCY,
                    Experiments.SOAK,
                    Experiments.CONNECTIONS,
                    Experiments.FAILOVER)
            .map(Experiment::key)
            .collect(Collectors.toUnmodifiableSet());

    private AllSettings() {}

    /** Those of this project; what is played is not known. */
    public static Settings load(Properties properties) {
        return load(properties, Set.of());
    }

    /** @param played keys of experiments */
    public static Settings load(Properties properties, Set<String> played) {
        return load(Path.of(""), properties, played);
    }

    public static Settings load(Path project, Properties properties, Set<String> played) {
        return Settings.load(project, properties, EXPERIMENTS, played);
    }
}
