package distributedmysql.benchmark;

import static org.galaxio.gatling.javaapi.JdbcDsl.jdbc;

import distributedmysql.gatling.internal.PluginActionFactory;
import distributedmysql.gatling.internal.PluginFailures;
import distributedmysql.load.data.SqlStatement;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Role;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.List;
import java.util.Map;

/** The same requests for the gatling-jdbc plugin, as prepared statements too. */
final class PluginRequests {
    private PluginRequests() {}

    static ActionBuilder request(Workload workload, Node node, PluginFailures.OfPool failures) {
        return switch (workload) {
            case POINT_SELECT -> {
                SqlStatement select = new SqlStatement(workload.label(), SbtestRequests.POINT_SELECT, List.of("id"));
                yield measured(
                        jdbc(workload.label()).queryP(select.withNames()).params(Map.of("id", "#{id}")),
                        select,
                        Role.REPLICA,
                        node,
                        failures);
            }
            case INSERT ->
                measured(
                        jdbc(workload.label())
                                .insertInto("sbtest1", "k", "c", "pad")
                                .values(Map.of("k", "#{k}", "c", "#{c}", "pad", "#{pad}")),
                        new SqlStatement(workload.label(), SbtestRequests.INSERT, List.of("k", "c", "pad")),
                        Role.PRIMARY,
                        node,
                        failures);
            case TRANSACTION -> throw new IllegalArgumentException("the plugin has no transactions");
        };
    }

    private static ActionBuilder measured(
            ActionBuilder plugin, SqlStatement statement, Role role, Node node, PluginFailures.OfPool failures) {
        var action = new PluginActionFactory(plugin.asScala(), statement, role, node, failures, pool -> {});
        return () -> action;
    }
}
