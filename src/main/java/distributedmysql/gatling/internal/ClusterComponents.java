package distributedmysql.gatling.internal;

import distributedmysql.report.StageRecorders;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.session.Session;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** What our actions share. */
record ClusterComponents(StageRecorders recorders, ResponseBatch responses, Departures departures)
        implements ProtocolComponents {
    @Override
    public Function1<Session, Session> onStart() {
        return session -> {
            responses.userStarts();
            return session;
        };
    }

    @Override
    public Function1<Session, BoxedUnit> onExit() {
        return session -> {
            UserLoop.end(session);
            if (session.isFailed() && recorders.isOwn(session.scenario())) {
                ObservedScenario.failed(session, recorders.ownRequests());
            }
            responses.userEnds();
            return BoxedUnit.UNIT;
        };
    }
}
