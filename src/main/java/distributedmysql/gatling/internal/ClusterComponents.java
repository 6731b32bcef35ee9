package distributedmysql.gatling.internal;

import distributedmysql.load.record.StageRecorders;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.session.Session;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * What our actions share.
 *
 * @param departures the users of an open load that have done all that they had to do; each that left alone would wake one of
 *     Gatling's event loops, its injector and its data writers
 */
record ClusterComponents(StageRecorders recorders, ResponseBatch responses, Batch<Runnable> departures)
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
