package distributedmysql.gatling.internal;

import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;
import scala.runtime.BoxedUnit;

/**
 * Lets the users of a closed load begin together: beside those that had begun, the others would not get the processor for
 * seconds, and the load would be another than intended. Whoever comes after ten seconds is not waited for.
 */
public final class StartBarrier implements ActionBuilder {
    private static final FiniteDuration PATIENCE = FiniteDuration.apply(10, TimeUnit.SECONDS);

    private final int users;

    public StartBarrier(int users) {
        this.users = users;
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        return new JavaAction("gathering", context.coreComponents(), next) {
            private final List<Session> gathered = new ArrayList<>();
            private boolean begun;

            @Override
            void perform(Session session) {
                boolean first;
                synchronized (gathered) {
                    if (begun) {
                        goOn(session);
                        return;
                    }
                    gathered.add(session);
                    first = gathered.size() == 1;
                    if (gathered.size() == users) {
                        begin();
                    }
                }
                if (first) {
                    context.coreComponents().actorSystem().scheduler().scheduleOnce(PATIENCE, () -> {
                        begin();
                        return BoxedUnit.UNIT;
                    });
                }
            }

            private void begin() {
                synchronized (gathered) {
                    begun = true;
                    gathered.forEach(this::goOn);
                    gathered.clear();
                }
            }
        };
    }
}
