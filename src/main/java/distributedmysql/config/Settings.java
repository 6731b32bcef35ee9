package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of one run: profiles of {@code simulations-config}, with what the command line overrides.
 *
 * @param profile the profiles' names, for instance {@code quick} or {@code external,quick}
 * @param timeBudget the most that the run should take, its durations and rounds are lowered to fit; empty: as they are
 * @param effective every setting as it took effect, by key; holds no secret, because no setting is one
 * @param changed those that are not as in {@code default.conf}, by key, each with the file and line that set it
 * @param profileWarnings lines that say which settings one profile has set and a later one has set back to the default
 * @param parts what will be played; none if that is not known
 */
public record Settings(
        String profile,
        TopologyKind topology,
        EmbeddedSettings embedded,
        DockerSettings docker,
        ExternalSettings external,
        ConnectionSettings connection,
        DataSettings data,
        PerformanceSettings performance,
        ConsistencySettings consistency,
        StabilitySettings stability,
        Path reportDirectory,
        KeepSettings keep,
        HostNaming hostNaming,
        Optional<Duration> timeBudget,
        Map<String, Object> effective,
        List<ChangedSetting> changed,
        List<String> profileWarnings,
        Set<RunPart> parts) {

    static final Duration MILLI = Duration.ofMillis(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofHours(24);

    static final String COMMAND_LINE = "command line";

    /** Names the experiments that are played instead of the simulation's; only on the command line. */
    public static final String EXPERIMENTS = "experiments";

    /** Names what is logged in detail; only on the command line. */
    public static final String DEBUG = "debug";

    private static final String CONFIG_DIRECTORY = "simulations-config";

    /** As {@link #load(Path, Properties, Set)}, for what has no {@code time-budget}. */
    public static Settings load(Path project, Properties properties) {
        return load(project, properties, Set.of());
    }

    /**
     * Reads {@code default.conf}, and over it each profile that the property {@code profile} names, such as {@code quick}
     * or {@code external,quick}; later ones win. With {@code time-budget}, what takes time is lowered until it fits.
     *
     * @param project the directory that holds {@code simulations-config}
     * @param properties the command line's {@code -Dkey=value}, usually {@link System#getProperties()}
     * @param parts what will be played; none if that is not known
     * @throws SettingsException if the profile, a key, a value or a combination of values is not allowed
     */
    public static Settings load(Path project, Properties properties, Set<RunPart> parts) {
        Profiles profiles =
                Profiles.read(project.resolve(CONFIG_DIRECTORY), properties.getProperty("profile", "default"));
        Map<String, Object> overrides = overrides(profiles.defaults(), properties);
        Config merged = parseOverrides(overrides).withFallback(profiles.merged());
        try {
            SettingsReader reader = new SettingsReader(merged.resolve(), profiles.defaultsFile());
            Settings settings = read(profiles, reader, overrides.keySet(), parts);
            if (settings.timeBudget.isEmpty()) {
                return settings;
            }
            Map<String, Object> fitted = TimeBudget.fit(settings, settings.timeBudget.get(), parts, reader);
            Config scaled = ConfigFactory.parseMap(fitted, reader.source(TimeBudget.KEY));
            reader = new SettingsReader(scaled.withFallback(merged).resolve(), profiles.defaultsFile());
            return read(profiles, reader, overrides.keySet(), parts);
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    /** Whether the servers are somebody else's and nothing at all may be written there. */
    public boolean readOnly() {
        return topology == TopologyKind.EXTERNAL && external.readOnly();
    }

    /**
     * How many requests per second arrive at rates of their own in each part that a run plays on external servers, at most,
     * by its name in the settings; what is sent one after the other, as fast as it is answered, has no rate and is not in it.
     */
    public Map<String, Long> requestsPerSecond() {
        Map<String, Long> rates = new LinkedHashMap<>();
        Ceilings.requests(this).forEach(demand -> rates.put(demand.part(), demand.sum()));
        return rates;
    }

    /** Where the rates of a part are so near {@code external.max-rate} that requests will wait for it. */
    public List<String> rateWarnings() {
        return Ceilings.warnings(this);
    }

    /** Whether this part is played, as far as that is known. */
    public boolean plays(RunPart part) {
        return parts.isEmpty() || parts.contains(part);
    }

    /** Whether servers that are not ours will be killed. */
    public boolean killsExternalServers() {
        return external.allowFaults() && stability.failover().rounds() > 0 && plays(RunPart.FAILOVER);
    }

    private static Settings read(Profiles profiles, SettingsReader reader, Set<String> overridden, Set<RunPart> parts) {
        Settings settings = new Settings(
                profiles.text(),
                reader.oneOf("topology", TopologyKind.class, TopologyKind::label),
                EmbeddedSettings.read(reader),
                DockerSettings.read(reader),
                ExternalSettings.read(reader),
                ConnectionSettings.read(reader),
                DataSettings.read(reader),
                PerformanceSettings.read(reader),
                ConsistencySettings.read(reader),
                StabilitySettings.read(reader),
                Path.of(reader.text("report.directory", "a directory", text -> !text.isBlank())),
                KeepSettings.read(reader),
                reader.oneOf("report.host-name", HostNaming.class, HostNaming::label),
                reader.optionalDuration(TimeBudget.KEY, MINUTE, DAY),
                reader.effective(),
                reader.changed(profiles.defaults().resolve()),
                profiles.warnings(overridden),
                Set.copyOf(parts));
        reader.refuseUnknownKeys();
        settings.refuseImpossibleCombinations(reader);
        return settings;
    }

    private void refuseImpossibleCombinations(SettingsReader reader) {
        int most = performance.maxThroughput().concurrency().stream()
                .max(Integer::compare)
                .orElseThrow();
        if (most > connection.poolSize()) {
            throw reader.refusedTogether(
                    Plural.of(most, "connection") + " at once (performance.max-throughput.concurrency) do not fit"
                            + " connection.pool-size = " + connection.poolSize(),
                    "performance.max-throughput.concurrency",
                    "connection.pool-size");
        }
        // The wait is a statement: a longer one would end as an error, and not as a timeout of the strategy.
        if (consistency.gtidWaitTimeout().compareTo(connection.statementTimeout()) >= 0) {
            throw reader.refusedTogether(
                    "consistency.gtid-wait-timeout must be shorter than connection.statement-timeout",
                    "consistency.gtid-wait-timeout",
                    "connection.statement-timeout");
        }
        switch (topology) {
            case EMBEDDED -> {
                refusePoolAbove(reader, "embedded.max-connections", embedded.maxConnections());
                refuseNoCache();
            }
            case DOCKER -> refusePoolAbove(reader, "docker.max-connections", docker.maxConnections());
            case EXTERNAL -> Ceilings.refuseAbove(this, reader);
        }
    }

    private void refuseNoCache() {
        if (!embedded.hasCacheDirectory()) {
            throw new SettingsException("embedded.cache-directory: must be given, or XDG_CACHE_HOME or HOME must be an"
                    + " absolute path, because this user has no home");
        }
    }

    private void refusePoolAbove(SettingsReader reader, String key, int maxConnections) {
        if (connection.poolSize() + 20 > maxConnections) {
            throw reader.refusedTogether(
                    key + " = " + maxConnections
                            + " must be at least 20 more than connection.pool-size, because the framework has connections of"
                            + " its own",
                    "connection.pool-size",
                    key);
        }
    }

    private static Config parseOverrides(Map<String, Object> overrides) {
        try {
            return ConfigFactory.parseMap(overrides, COMMAND_LINE);
        } catch (ConfigException e) {
            throw new SettingsException("command line: " + e.getMessage());
        }
    }

    /**
     * The properties that are ours: those below one of our sections. One that is nearly so is a typing error, which
     * would otherwise be ignored without a word.
     */
    private static Map<String, Object> overrides(Config defaults, Properties properties) {
        Set<String> sections = defaults.root().keySet();
        Set<String> known = new TreeSet<>(Set.of("profile", EXPERIMENTS, DEBUG));
        defaults.entrySet().forEach(entry -> known.add(entry.getKey()));
        Map<String, Object> overrides = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (sections.contains(section(key))) {
                overrides.put(key, properties.getProperty(key));
            } else if (!known.contains(key)) {
                refuseMisspelt(key, sections, known);
            }
        }
        return overrides;
    }

    private static void refuseMisspelt(String key, Set<String> sections, Set<String> known) {
        String section = section(key);
        // Short section names are near too many properties that are not ours.
        List<String> longSections =
                sections.stream().filter(name -> name.length() >= 6).toList();
        SettingsReader.near(key, known)
                .or(() ->
                        SettingsReader.near(section, longSections).map(near -> near + key.substring(section.length())))
                .ifPresent(near -> {
                    throw new SettingsException("command line: unknown key " + key + "; did you mean " + near
                            + "? (all keys are in default.conf)");
                });
    }

    private static String section(String key) {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    }
}
