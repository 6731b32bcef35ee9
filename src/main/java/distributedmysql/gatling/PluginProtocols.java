package distributedmysql.gatling;

import static org.galaxio.gatling.javaapi.JdbcDsl.DB;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.Settings;
import distributedmysql.connection.NodePool;
import distributedmysql.gatling.internal.PluginFailures;
import distributedmysql.topology.Node;
import io.gatling.javaapi.core.ProtocolBuilder;

/**
 * The protocol of the gatling-jdbc plugin for a server of ours. Its connections are those of our own engine, and their errors
 * are known by SQLState and error number, of which the plugin itself keeps only the message.
 */
final class PluginProtocols {
    private final Settings settings;
    private final PluginFailures failures = new PluginFailures();

    PluginProtocols(Settings settings) {
        this.settings = settings;
    }

    PluginFailures failures() {
        return failures;
    }

    ProtocolBuilder of(Node node) {
        HikariConfig config = NodePool.hikariConfig(node, settings.data().database(), settings.connection());
        config.setExceptionOverride(failures);
        // All populations' pools are opened before the first one is needed.
        config.setMinimumIdle(0);
        return DB().hikariConfig(config);
    }
}
