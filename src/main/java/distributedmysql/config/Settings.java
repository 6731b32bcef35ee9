package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of one run: a profile of {@code simulations-config}, with what the command line overrides.
 *
 * @param profile the profile's name, for instance {@code quick}
 * @param effective every setting as it took effect, by key; holds no secret, because no setting is one
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
        HostNaming hostNaming,
        Map<String, Object> effective) {

    static final Duration MILLI = Duration.ofMillis(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofHours(24);

    private static final String CONFIG_DIRECTORY = "simulations-config";

    /**
     * Reads the profile named by the property {@code profile} ({@code default} if there is none).
     *
     * @param project the directory that holds {@code simulations-config}
     * @param properties the command line's {@code -Dkey=value}, usually {@link System#getProperties()}
     * @throws SettingsException if the profile, a key, a value or a combination of values is not allowed
     */
    public static Settings load(Path project, Properties properties) {
        Path directory = project.resolve(CONFIG_DIRECTORY);
        String profile = properties.getProperty("profile", "default");
        Config defaults = parse(directory.resolve("default.conf"));
        Path profileFile = profileFile(directory, profile);
        Config file = parse(profileFile);
        Map<String, Object> overrides = overrides(defaults, properties);
        Config merged = parseOverrides(overrides).withFallback(file);
        try {
            return read(profile, new SettingsReader(merged.resolve(), profileFile.toString()));
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    /** Whether the servers are somebody else's and nothing at all may be written there. */
    public boolean readOnly() {
        return topology == TopologyKind.EXTERNAL && external.readOnly();
    }

    private static Settings read(String profile, SettingsReader reader) {
        Settings settings = new Settings(
                profile,
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
                reader.oneOf("report.host-name", HostNaming.class, HostNaming::label),
                reader.effective());
        reader.refuseUnknownKeys();
        settings.refuseImpossibleCombinations(reader);
        return settings;
    }

    private void refuseImpossibleCombinations(SettingsReader reader) {
        int most = performance.maxThroughput().concurrency().stream()
                .max(Integer::compare)
                .orElseThrow();
        if (most > connection.poolSize()) {
            throw reader.refused(
                    "performance.max-throughput.concurrency",
                    most + " connections at once do not fit connection.pool-size = " + connection.poolSize());
        }
        // The wait is a statement: a longer one would end as an error, and not as a timeout of the strategy.
        if (consistency.gtidWaitTimeout().compareTo(connection.statementTimeout()) >= 0) {
            throw reader.refused(
                    "consistency.gtid-wait-timeout",
                    "must be shorter than connection.statement-timeout = "
                            + Durations.text(connection.statementTimeout()));
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
            throw reader.refused(
                    "connection.pool-size",
                    key + " = " + maxConnections + " must be at least 20 more, for the framework's own connections");
        }
    }

    private static Path profileFile(Path directory, String profile) {
        Path file = directory.resolve(profile + ".conf");
        if (!profile.matches("[A-Za-z0-9_-]+") || !Files.isRegularFile(file)) {
            throw new SettingsException("command line: profile = " + profile + ": unknown profile; must be one of "
                    + String.join(", ", profiles(directory)) + " (the files in " + directory + ")");
        }
        return file;
    }

    private static Set<String> profiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.substring(0, name.length() - ".conf".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(file + ": not found; run from the project's directory");
        }
        try {
            return ConfigFactory.parseFile(file.toFile());
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    private static Config parseOverrides(Map<String, Object> overrides) {
        try {
            return ConfigFactory.parseMap(overrides, "command line");
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
        Set<String> known = new TreeSet<>(Set.of("profile"));
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
