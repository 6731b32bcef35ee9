package distributedmysql.gatling.internal;

import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;

/**
 * Gives the user a thread and connections of its own until its end: for a closed load with no more users than
 * connections.
 */
public final class OwnThreadFactory implements ActionBuilder {
    @Override
    public Action build(ScenarioContext context, Action next) {
        // So that the user's end is heard of, even if the scenario sends no request.
        context.protocolComponentsRegistry().components(ClusterProtocol.KEY);
        return new JavaAction("own thread", context.coreComponents(), next) {
            @Override
            void perform(Session session) {
                goOn(UserLoop.move(session));
            }
        };
    }
}
