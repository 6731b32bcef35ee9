package distributedmysql.gatling.internal;

import distributedmysql.report.StageRecorders;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.session.Session;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** What our actions share. */
record ClusterComponents(StageRecorders recorders) implements ProtocolComponents {
    @Override
    public Function1<Session, Session> onStart() {
        return session -> session;
    }

    @Override
    public Function1<Session, BoxedUnit> onExit() {
        return ProtocolComponents.NoopOnExit();
    }
}
