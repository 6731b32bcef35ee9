package distributedmysql.gatling.internal;

import com.typesafe.scalalogging.Logger;
import com.typesafe.scalalogging.Logger$;
import distributedmysql.load.SqlFailure;
import distributedmysql.topology.Ending;
import io.gatling.commons.stats.Status;
import io.gatling.commons.util.Clock;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.BlockExit;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import scala.Option;

/**
 * A Gatling action in plain Java. Implementing Gatling's {@code ExitableAction} compiles and then fails with an
 * AbstractMethodError (3.15.1), so leaving a block early is handled here by hand.
 */
abstract class JavaAction implements Action {
    private static final Status OK = Status.apply("OK");
    private static final Status KO = Status.apply("KO");

    private final String name;
    private final Action next;
    private final StatsEngine stats;
    private final Clock clock;
    private Logger logger = Logger$.MODULE$.apply(getClass().getName());

    JavaAction(String name, CoreComponents core, Action next) {
        // What our own actions do, they record themselves.
        this(name, core, ObservedScenario.unobserved(core).statsEngine(), next);
    }

    /** @param stats what is told of the action's responses */
    JavaAction(String name, CoreComponents core, StatsEngine stats, Action next) {
        this.name = name;
        this.next = next;
        this.stats = stats;
        this.clock = core.clock();
    }

    /** Does the work, or has it done elsewhere, and in every case ends with {@link #goOn}. Must not block. */
    abstract void perform(Session session);

    @Override
    public final void execute(Session session) {
        if (Ending.hasBegun()) {
            // The user stays where it is, until the JVM is gone: nothing that would follow it begins.
            return;
        }
        Option<BlockExit> exit = BlockExit.mustExit(session);
        if (exit.isDefined()) {
            exit.get().exitBlock(stats, clock.nowMillis());
        } else {
            perform(session);
        }
    }

    final long nowMillis() {
        return clock.nowMillis();
    }

    /** Reports a success to Gatling; may be called from any thread, which then sends the user on. */
    final Session succeed(Session session, long startMillis, long endMillis) {
        log(session, name, startMillis, endMillis, OK, Option.empty(), Option.empty());
        return session.logGroupRequestTimings(startMillis, endMillis);
    }

    /** Reports a failure to Gatling and marks the user as failed; may be called from any thread, as above. */
    final Session fail(Session session, long startMillis, long endMillis, String code, String message) {
        log(session, name, startMillis, endMillis, KO, Option.apply(code), Option.apply(message));
        return session.logGroupRequestTimings(startMillis, endMillis)
                .set(ObservedScenario.FAILED, true)
                .markAsFailed();
    }

    /** Reports that a request could not even be made, and marks the user as failed. */
    final Session crash(Session session, String message) {
        stats.logRequestCrash(session.scenario(), session.groups(), name, message);
        long now = nowMillis();
        return fail(session, now, now, "crash", message);
    }

    /** Reports a request of any name to Gatling; the user stays where it is. */
    final void respond(Session session, String request, long startMillis, long endMillis, SqlFailure failure) {
        if (failure == null) {
            log(session, request, startMillis, endMillis, OK, Option.empty(), Option.empty());
        } else {
            Option<String> message = Option.apply(failure.summary());
            log(session, request, startMillis, endMillis, KO, Option.apply(failure.key()), message);
        }
    }

    private void log(
            Session session,
            String request,
            long start,
            long end,
            Status status,
            Option<String> code,
            Option<String> message) {
        stats.logResponse(session.scenario(), session.groups(), request, start, end, status, code, message);
    }

    /** {@code $bang}, Scala's {@code !}, moves over to the session's own event loop. */
    final void goOn(Session session) {
        if (next instanceof OpenUser.Departure departure) {
            departure.execute(session);
        } else {
            next.$bang(session);
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Logger logger() {
        return logger;
    }

    @Override
    public final void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger value) {
        logger = value;
    }
}
