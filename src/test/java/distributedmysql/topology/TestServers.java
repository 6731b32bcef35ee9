package distributedmysql.topology;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.GroupMode;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.RouterSettings;
import distributedmysql.config.Settings;
import distributedmysql.config.ShardSettings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.topology.docker.DockerTopology;
import distributedmysql.topology.embedded.EmbeddedTopology;
import distributedmysql.topology.external.ExternalTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The servers that the integration tests share: started with the first test that asks, ended with the JVM. A test that
 * stops a server, or changes what others rely on, starts servers of its own instead.
 */
public final class TestServers {
    private static Deployment shared;

    private TestServers() {}

    public static synchronized ReplicaSet shared() {
        if (shared == null) {
            shared = topology(settings()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "end of the shared test servers"));
        }
        return shared.replicaSet();
    }

    /**
     * Servers for one test, always embedded; the test closes it.
     *
     * @param extraOptions more options for every server
     */
    public static Deployment start(int replicas, String... extraOptions) {
        return shards(1, replicas, extraOptions);
    }

    /** The same several times, with the keys shared out over them on a ring. */
    public static Deployment shards(int shards, int replicas, String... extraOptions) {
        return start(
                new LayoutSettings(ring(shards), replicas, ReplicationMode.ASYNC, GroupMode.SINGLE_PRIMARY),
                extraOptions);
    }

    /** For one test, groups of three members, which share the keys on a ring. */
    public static Deployment groups(int groups, boolean multiPrimary) {
        GroupMode mode = multiPrimary ? GroupMode.MULTI_PRIMARY : GroupMode.SINGLE_PRIMARY;
        return start(new LayoutSettings(ring(groups), 2, ReplicationMode.GROUP, mode));
    }

    /** Keys that are shared out as by default. */
    public static ShardSettings ring(int shards) {
        return new ShardSettings(shards, ShardSettings.Strategy.RING, 150, List.of());
    }

    /** One server for one test, with a cache of the test's own. */
    public static Deployment startIn(Path cache) {
        return start(LayoutSettings.async(0), cache);
    }

    private static Deployment start(LayoutSettings layout, String... extraOptions) {
        return start(layout, settings().embedded().cacheDirectory(), extraOptions);
    }

    private static Deployment start(LayoutSettings layout, Path cache, String... extraOptions) {
        Settings settings = settings();
        EmbeddedSettings embedded = settings.embedded();
        EmbeddedSettings sized = new EmbeddedSettings(
                layout,
                embedded.basedir(),
                cache,
                embedded.bufferPoolBytes(),
                embedded.maxConnections(),
                RouterSettings.NONE);
        return embedded(sized, settings.data().database(), List.of(extraOptions))
                .start();
    }

    /** The same with one replica. */
    public static Deployment start(String... extraOptions) {
        return start(1, extraOptions);
    }

    /** Settings of a run that is told these servers' addresses. */
    public static List<String> external(ReplicaSet servers) {
        return List.of(
                "topology=external",
                "external.primary=" + servers.primary().address(),
                "external.replicas="
                        + servers.replicas().stream()
                                .map(node -> node.address().toString())
                                .collect(Collectors.joining(",")));
    }

    /** The same of several replica sets, in their order. */
    public static List<String> external(Shards shards) {
        return List.of(
                "topology=external",
                "external.shards="
                        + shards.all().stream()
                                .map(set -> set.nodes().stream()
                                        .map(node -> node.address().toString())
                                        .collect(Collectors.joining("+")))
                                .collect(Collectors.joining(",")));
    }

    /** The quick profile, with what the command line overrides. */
    public static Settings settings() {
        java.util.Properties properties = new java.util.Properties();
        properties.putAll(System.getProperties());
        properties.putIfAbsent("profile", "quick");
        return AllSettings.load(properties);
    }

    /** Those of {@link #settings} with a pool of this size, in which a user waits for a connection no longer than this. */
    public static ConnectionSettings connection(int poolSize, Duration poolTimeout) {
        ConnectionSettings settings = settings().connection();
        return new ConnectionSettings(
                poolSize,
                poolTimeout,
                settings.connectTimeout(),
                settings.socketTimeout(),
                settings.statementTimeout(),
                settings.serverPreparedStatements(),
                settings.sslMode(),
                settings.caFile(),
                settings.trustStorePasswordEnv());
    }

    private static Topology topology(Settings settings) {
        String database = settings.data().database();
        return switch (settings.topology()) {
            case EMBEDDED -> embedded(settings.embedded(), database, List.of());
            case DOCKER ->
                new DockerTopology(
                        settings.docker(), settings.embedded().cacheDirectory(), database, System.out::println);
            case EXTERNAL -> new ExternalTopology(settings, System.getenv(), System.out::println);
        };
    }

    private static Topology embedded(EmbeddedSettings settings, String database, List<String> extraOptions) {
        return new EmbeddedTopology(settings, database, extraOptions, System.out::println);
    }
}
