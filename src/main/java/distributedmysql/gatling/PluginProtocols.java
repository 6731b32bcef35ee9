package distributedmysql.gatling;

import static org.galaxio.gatling.javaapi.JdbcDsl.DB;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.config.Settings;
import distributedmysql.gatling.internal.ObservedScenario;
import distributedmysql.gatling.internal.PluginFailures;
import distributedmysql.load.NodePool;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The protocol of the gatling-jdbc plugin for a server of ours. Its connections are those of our own engine, and their errors
 * are known by SQLState and error number, of which the plugin itself keeps only the message.
 */
public final class PluginProtocols {
    private final Settings settings;
    private final Map<String, CapWaits> waits = new ConcurrentHashMap<>();
    private final PluginFailures failures = new PluginFailures();

    public PluginProtocols(Settings settings) {
        this.settings = settings;
    }

    /** Of the pool to that server. */
    private CapWaits waits(Node node) {
        return waits.computeIfAbsent(node.name(), name -> node.cap().waits());
    }

    PluginFailures.OfPool failures(Node node) {
        return new PluginFailures.OfPool(
                failures, waits(node), settings.connection().poolSize());
    }

    /** The populations, observed by the recorders; what the plugin says of a failed request is told from what failed. */
    public List<PopulationBuilder> observed(List<PopulationBuilder> populations, StageRecorders recorders) {
        return ObservedScenario.of(populations, recorders, failures);
    }

    public ProtocolBuilder of(Node node) {
        HikariConfig config =
                NodePool.hikariConfig(node, settings.data().database(), settings.connection(), waits(node));
        config.setExceptionOverride(failures);
        // All populations' pools are opened before the first one is needed.
        config.setMinimumIdle(0);
        return DB().hikariConfig(config);
    }
}
