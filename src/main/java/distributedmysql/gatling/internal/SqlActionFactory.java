package distributedmysql.gatling.internal;

import distributedmysql.load.record.OwnRequests;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.structure.ScenarioContext;

/** Builds the action when Gatling puts a scenario together. */
public final class SqlActionFactory implements ActionBuilder {
    private final SqlRequest request;

    public SqlActionFactory(SqlRequest request) {
        this.request = request;
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        ClusterComponents components = context.protocolComponentsRegistry().components(ClusterProtocol.KEY);
        OwnRequests own = components.recorders().ownRequests();
        if (ObservedScenario.isOwn(context) || !request.mayFail().isEmpty()) {
            own.declare(request.name());
        }
        if (!request.mayFail().isEmpty()) {
            own.mayFail(request.name(), request.mayFail());
        }
        return new SqlAction(
                request, ObservedScenario.shown(context, request.name()), components, context.coreComponents(), next);
    }
}
