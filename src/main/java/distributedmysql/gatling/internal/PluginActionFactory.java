package distributedmysql.gatling.internal;

import distributedmysql.load.SqlFailure;
import distributedmysql.load.data.SqlStatement;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Role;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import java.util.function.Consumer;
import org.galaxio.gatling.jdbc.protocol.JdbcComponents;
import org.galaxio.gatling.jdbc.protocol.JdbcProtocol;

/**
 * An action of the gatling-jdbc plugin between two of ours, which measure it in microseconds and record it as our own
 * requests are recorded. The plugin (0.14.1) does not mark a user as failed after an SQL error, so whether it succeeded
 * is taken from what it tells Gatling's stats engine.
 */
public final class PluginActionFactory implements ActionBuilder {
    private static final String START = "pluginRequestStart";
    private static final String MARK = "pluginRequestMark";

    private final ActionBuilder plugin;
    private final SqlStatement statement;
    private final Role role;
    private final Node node;
    private final PluginFailures.OfPool failures;
    private final Consumer<Runnable> pools;

    /**
     * @param plugin builds the plugin's action
     * @param node the server that the population's plugin protocol connects to
     * @param pools is told how to close the pool that the plugin opens
     */
    public PluginActionFactory(
            ActionBuilder plugin,
            SqlStatement statement,
            Role role,
            Node node,
            PluginFailures.OfPool failures,
            Consumer<Runnable> pools) {
        this.plugin = plugin;
        this.statement = statement;
        this.role = role;
        this.node = node;
        this.failures = failures;
        this.pools = pools;
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        ClusterComponents components = context.protocolComponentsRegistry().components(ClusterProtocol.KEY);
        CoreComponents core = ObservedScenario.unobserved(context.coreComponents());
        JdbcComponents opened = context.protocolComponentsRegistry().components(JdbcProtocol.jdbcProtocolKey());
        pools.accept(opened.client()::close);
        ObservedStatsEngine observed =
                new ObservedStatsEngine(core.statsEngine(), ObservedScenario.shown(context, statement.name()));
        ScenarioContext pluginContext = ObservedScenario.with(observed, context);
        Action after = new After(components, core, observed, next);
        return new Before(components, core, plugin.build(pluginContext, after));
    }

    private final class Before extends JavaAction {
        private final ClusterComponents components;

        Before(ClusterComponents components, CoreComponents core, Action pluginAction) {
            super(statement.name(), core, pluginAction);
            this.components = components;
        }

        @Override
        void perform(Session session) {
            long start = System.nanoTime();
            components.recorders().of(session.scenario()).begin(start);
            goOn(session.set(START, start).set(MARK, failures.mark()));
        }
    }

    private final class After extends JavaAction {
        private final ClusterComponents components;
        private final ObservedStatsEngine observed;

        After(ClusterComponents components, CoreComponents core, ObservedStatsEngine observed, Action next) {
            super(statement.name(), core, next);
            this.components = components;
            this.observed = observed;
        }

        /** Called by the plugin on the thread on which it has just reported the response. */
        @Override
        public void $bang(Session session) {
            long end = System.nanoTime();
            long start = (Long) session.attributes().apply(START);
            StageRecorder recorder = components.recorders().of(session.scenario());
            String error = observed.takeError();
            if (error == null) {
                recorder.executed(node, statement.text(), true);
                // The plugin takes its connection itself and does not say when it had it.
                recorder.succeeded(statement.name(), role, start, StageRecorder.UNKNOWN_WAIT, end);
                goOn(session);
            } else {
                SqlFailure failure =
                        failures.of(error, (CapWaits.Mark) session.attributes().apply(MARK));
                recorder.executed(node, statement.text(), failure.code() > 0);
                recorder.failed(statement.name(), role, start, failure);
                goOn(session.markAsFailed());
            }
        }

        @Override
        void perform(Session session) {
            goOn(session);
        }
    }
}
