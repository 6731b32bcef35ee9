package distributedmysql.gatling.internal;

import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.NodePool;
import distributedmysql.load.Route;
import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.topology.Role;
import io.gatling.commons.stats.Status;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import java.util.List;
import java.util.concurrent.TimeUnit;
import scala.Option;

/**
 * Sends one request. On an event loop of Gatling's it only stamps the intended start and resolves parameters; all that
 * blocks runs on the pool's threads. A user with a thread of its own sends the request right there.
 */
final class SqlAction extends JavaAction {
    private final SqlRequest request;
    private final ClusterComponents components;
    private final El[][] parameters;

    SqlAction(SqlRequest request, ClusterComponents components, CoreComponents core, Action next) {
        super(request.name(), core, next);
        this.request = request;
        this.components = components;
        this.parameters = request.statements().stream()
                .map(statement -> compile(statement.parameters()))
                .toArray(El[][]::new);
    }

    private static El[] compile(List<Object> values) {
        return values.stream().map(El::of).toArray(El[]::new);
    }

    @Override
    void perform(Session session) {
        long start = Arrival.start(session);
        StageRecorder recorder = components.recorders().of(session.scenario());
        recorder.begin(start);
        SqlWork work;
        try {
            work = work(session, recorder, start);
        } catch (RuntimeException e) {
            String message = e instanceof SqlCheckException ? e.getMessage() : e.toString();
            goOn(crash(session, recorder, start, message));
            return;
        }
        if (session.eventLoop() instanceof UserLoop own) {
            work.runWith(own.connections());
        } else {
            work.runOnPool();
        }
    }

    private SqlWork work(Session session, StageRecorder recorder, long start) {
        long startMillis = nowMillis() + TimeUnit.NANOSECONDS.toMillis(start - System.nanoTime());
        return new SqlWork(this, request, session, resolve(session), pool(session), recorder, start, startMillis);
    }

    /** A request that could not be made is a failed request everywhere. */
    Session crash(Session session, StageRecorder recorder, long start, String message) {
        recorder.failed(request.name(), request.role(), start, SqlFailure.crash(message));
        return crash(session, message);
    }

    @Override
    void log(
            Session session,
            String request,
            long start,
            long end,
            Status status,
            Option<String> code,
            Option<String> message) {
        components
                .responses()
                .add(new ResponseBatch.Response(
                        session.scenario(), session.groups(), request, start, end, status, code, message));
    }

    private NodePool pool(Session session) {
        if (!(session.attributes().getOrElse(ConnectionFeeder.KEY, () -> null) instanceof Route route)) {
            throw new SqlCheckException("sql(\"" + request.name()
                    + "\"): the user has no route; the scenario must start with feed(run.connections())");
        }
        return request.role() == Role.PRIMARY ? route.forWrites() : route.forReads();
    }

    private Object[][] resolve(Session session) {
        Object[][] values = new Object[parameters.length][];
        for (int statement = 0; statement < parameters.length; statement++) {
            values[statement] = new Object[parameters[statement].length];
            for (int i = 0; i < values[statement].length; i++) {
                values[statement][i] = parameters[statement][i].resolve(session);
            }
        }
        return values;
    }
}
