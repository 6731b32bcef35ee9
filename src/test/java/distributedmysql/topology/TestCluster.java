package distributedmysql.topology;

import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import java.nio.file.Path;

/**
 * The servers that the integration tests share: started with the first test that asks, ended with the JVM. A test that
 * stops a server, or changes what others rely on, starts a cluster of its own instead.
 */
public final class TestCluster {
    private static Cluster shared;

    private TestCluster() {}

    public static synchronized Cluster shared() {
        if (shared == null) {
            shared = topology(settings()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close, "end of the shared test servers"));
        }
        return shared;
    }

    /** The quick profile, with what the command line overrides. */
    public static Settings settings() {
        java.util.Properties properties = new java.util.Properties();
        properties.putAll(System.getProperties());
        properties.putIfAbsent("profile", "quick");
        return Settings.load(Path.of(""), properties);
    }

    private static Topology topology(Settings settings) {
        if (settings.topology() == TopologyKind.EXTERNAL) {
            return new ExternalTopology(settings.external(), System.getenv());
        }
        throw new UnsupportedOperationException("the embedded topology comes with its own commit");
    }
}
