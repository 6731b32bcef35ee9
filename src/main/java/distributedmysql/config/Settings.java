package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of one run: profiles of {@code simulations-config}, with what the command line overrides.
 *
 * @param profile the profiles' names, for instance {@code quick} or {@code external,quick}
 * @param timeBudget the most that the run should take, its durations and rounds are lowered to fit; empty: as they are
 * @param effective every setting as it took effect, by key; holds no secret, because no setting is one
 * @param changed those that are not as in {@code default.conf}, by key, each with the file and line that set it
 * @param profileWarnings lines that say which settings one profile has set and a later one has set back to the default
 * @param endpointLimit how long an endpoint in front of the servers may lead to one that has ceased to be right for it
 * @param experiments of each experiment that there is, by its key
 * @param played the keys of those that will be played; none if that is not known
 */
public record Settings(
        String profile,
        TopologyKind topology,
        EmbeddedSettings embedded,
        DockerSettings docker,
        ExternalSettings external,
        Duration endpointLimit,
        ConnectionSettings connection,
        DataSettings data,
        LoadSettings load,
        Map<String, ExperimentSettings> experiments,
        Path reportDirectory,
        KeepSettings keep,
        HostNaming hostNaming,
        Optional<Duration> timeBudget,
        Map<String, Object> effective,
        List<ChangedSetting> changed,
        List<String> profileWarnings,
        Set<String> played) {

    public static final Duration MILLI = Duration.ofMillis(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    public static final Duration HOUR = Duration.ofHours(1);
    public static final Duration DAY = Duration.ofHours(24);

    /** Names the experiments that are played instead of the simulation's; only on the command line. */
    public static final String EXPERIMENTS = "experiments";

    /** Names what is logged in detail; only on the command line. */
    public static final String DEBUG = "debug";

    private static final String CONFIG_DIRECTORY = "simulations-config";

    /**
     * Reads {@code default.conf}, and over it each profile that the property {@code profile} names, such as {@code quick}
     * or {@code external,quick}; later ones win. With {@code time-budget}, what takes time is lowered until it fits.
     *
     * @param project the directory that holds {@code simulations-config}
     * @param properties the command line's {@code -Dkey=value}, usually {@link System#getProperties()}
     * @param sections of all experiments, each key once
     * @param played the keys of those that will be played; none if that is not known
     * @throws SettingsException if the profile, a key, a value or a combination of values is not allowed
     */
    public static Settings load(
            Path project, Properties properties, List<? extends SettingsSection> sections, Set<String> played) {
        Profiles profiles = Profiles.read(
                project.resolve(CONFIG_DIRECTORY), properties.getProperty("profile", "default"), sections);
        Map<String, String> renamed = new TreeMap<>(RouterSettings.FORMER_KEYS);
        sections.forEach(section -> renamed.putAll(section.formerKeys()));
        CommandLine commandLine = CommandLine.of(properties, profiles.defaults(), renamed.keySet());
        Config merged = commandLine.config().withFallback(profiles.merged());
        try {
            SettingsReader reader = reader(merged, profiles);
            reader.refuseRenamed(renamed);
            Settings settings = read(profiles, reader, commandLine, sections, played);
            if (settings.timeBudget.isEmpty()) {
                return settings;
            }
            Map<String, Object> fitted = TimeBudget.fit(settings, settings.timeBudget.get(), reader);
            Config scaled = ConfigFactory.parseMap(fitted, reader.origins().source(TimeBudget.KEY));
            return read(profiles, reader(scaled.withFallback(merged), profiles), commandLine, sections, played);
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    private static SettingsReader reader(Config merged, Profiles profiles) {
        return new SettingsReader(merged.resolve(), profiles.defaults().resolve(), profiles.defaultsFile());
    }

    /**
     * Those of an experiment, by the type that its section reads.
     *
     * @throws IllegalArgumentException if no experiment of the run has such settings
     */
    public <S extends ExperimentSettings> S of(Class<S> type) {
        return experiments.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no experiment has " + type.getSimpleName()));
    }

    /** Of what will be played, in the order of all experiments; of all if it is not known what will be. */
    public List<ExperimentSettings> ofPlayed() {
        return experiments.entrySet().stream()
                .filter(experiment -> played.isEmpty() || played.contains(experiment.getKey()))
                .map(Map.Entry::getValue)
                .toList();
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

    /** The most connections that a part of a run opens to one external server at the same time. */
    public long connectionsToOneServer() {
        return Ceilings.connections(this).stream().mapToLong(Demand::sum).max().orElse(0);
    }

    /** Where the rates of a part are so near {@code external.max-rate} that requests will wait for it. */
    public List<String> rateWarnings() {
        return Ceilings.warnings(this);
    }

    /** Whether a load may be sent that only reads. */
    public boolean sendsLoad() {
        return !readOnly() || external.sendLoad();
    }

    /** Whether servers that are not ours will be killed. */
    public boolean killsExternalServers() {
        return external.allowFaults() && ofPlayed().stream().anyMatch(ExperimentSettings::killsServers);
    }

    private static Settings read(
            Profiles profiles,
            SettingsReader reader,
            CommandLine commandLine,
            List<? extends SettingsSection> sections,
            Set<String> played) {
        Settings settings = new Settings(
                profiles.text(),
                reader.oneOf("topology", TopologyKind.class, TopologyKind::label),
                EmbeddedSettings.read(reader),
                DockerSettings.read(reader),
                ExternalSettings.read(reader),
                reader.duration("router.limit", Duration.ofSeconds(1), MINUTE),
                ConnectionSettings.read(reader),
                DataSettings.read(reader),
                LoadSettings.read(reader),
                read(sections, reader),
                FilePath.setting(reader, "report.directory", "a directory"),
                KeepSettings.read(reader),
                reader.oneOf("report.host-name", HostNaming.class, HostNaming::label),
                reader.optionalDuration(TimeBudget.KEY, MINUTE, DAY),
                reader.origins().effective(),
                reader.origins().changed(),
                profiles.warnings(commandLine.keys()),
                Set.copyOf(played));
        reader.refuseUnknownKeys();
        settings.refuseImpossibleCombinations(reader);
        return settings;
    }

    private static Map<String, ExperimentSettings> read(
            List<? extends SettingsSection> sections, SettingsReader reader) {
        Map<String, ExperimentSettings> read = new LinkedHashMap<>();
        sections.forEach(section -> read.put(section.key(), section.read(reader)));
        return Collections.unmodifiableMap(read);
    }

    private void refuseImpossibleCombinations(SettingsReader reader) {
        refuseEndpointsForPlugin(reader);
        refuseShardsForPlugin(reader);
        sharing().refuseImpossible(reader, topology);
        experiments.values().forEach(experiment -> experiment.refuseImpossible(this, reader));
        switch (topology) {
            case EMBEDDED -> {
                refusePoolAbove(reader, "embedded.max-connections", embedded.maxConnections());
                refuseNoCache();
            }
            case DOCKER -> {
                refusePoolAbove(reader, "docker.max-connections", docker.maxConnections());
                if (docker.router().isUsed()) {
                    refuseNoCache();
                }
            }
            case EXTERNAL -> Ceilings.refuseAbove(this, reader);
        }
    }

    private void refuseNoCache() {
        if (!embedded.hasCacheDirectory()) {
            throw new SettingsException("embedded.cache-directory: must be given, or XDG_CACHE_HOME or HOME must be an"
                    + " absolute path, because this user has no home");
        }
    }

    /** Whether this run makes a group of its servers. */
    public boolean isGroup() {
        return switch (topology) {
            case EMBEDDED, DOCKER -> layout().isGroup();
            case EXTERNAL -> false;
        };
    }

    /** Of the servers that the run starts. */
    private LayoutSettings layout() {
        return topology == TopologyKind.DOCKER ? docker.layout() : embedded.layout();
    }

    /** How many replica sets share the keys. */
    public int shards() {
        return sharing().count();
    }

    /** How the run's servers share the keys. */
    public ShardSettings sharing() {
        return topology == TopologyKind.EXTERNAL ? external.shards() : layout().shards();
    }

    /** Whether it is one in which every member takes writes. */
    public boolean isMultiPrimary() {
        return isGroup() && layout().groupMode() == GroupMode.MULTI_PRIMARY;
    }

    /** Whether the servers may be a group: what external ones are is known when they have been asked. */
    public boolean mayBeGroup() {
        return isGroup() || topology == TopologyKind.EXTERNAL;
    }

    private void refuseEndpointsForPlugin(SettingsReader reader) {
        Optional<String> inFront = switch (topology) {
            case EMBEDDED -> embedded.router().isUsed() ? Optional.of("embedded.router") : Optional.empty();
            case DOCKER -> docker.router().isUsed() ? Optional.of("docker.router") : Optional.empty();
            case EXTERNAL -> external.endpoints().key();
        };
        if (inFront.isPresent() && load.engine() == LoadSettings.Engine.GATLING_JDBC) {
            throw reader.refusedTogether(
                    "load.engine = gatling-jdbc sends to the servers directly, and does not know which of them answered"
                            + " behind a router: load.engine must be routed",
                    inFront.get(),
                    "load.engine");
        }
    }

    private void refuseShardsForPlugin(SettingsReader reader) {
        if (shards() > 1 && load.engine() == LoadSettings.Engine.GATLING_JDBC) {
            throw reader.refusedTogether(
                    "load.engine = gatling-jdbc sends all requests of a user to one server, and does not know which shard a"
                            + " key belongs to: load.engine must be routed",
                    topology.label() + ".shards",
                    "load.engine");
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
}
