package distributedmysql.gatling.internal;

import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.Route;
import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.UserConnections;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.CapWaits;
import distributedmysql.topology.Role;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends one request. On an event loop of Gatling's it only stamps the intended start and resolves parameters; all that
 * blocks runs on the pool's threads. A user with a thread of its own sends the request right there.
 */
final class SqlAction extends JavaAction {
    private static final long WAITING = -1;

    private final SqlRequest request;
    private final ClusterComponents components;
    private final El[][] parameters;
    /** Null if the request has none. */
    private final El shardKey;

    SqlAction(SqlRequest request, ClusterComponents components, CoreComponents core, Action next) {
        super(request.name(), core, components.responses(), next);
        this.request = request;
        this.components = components;
        this.shardKey = request.target().shardKey() == null
                ? null
                : El.of(request.target().shardKey());
        this.parameters = request.statements().stream()
                .map(statement -> compile(statement.parameters()))
                .toArray(El[][]::new);
    }

    private static El[] compile(List<Object> values) {
        return values.stream().map(El::of).toArray(El[]::new);
    }

    @Override
    void perform(Session session) {
        new Sending(session).begin();
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

    private NodePool pool(Session session) {
        if (!(session.attributes().getOrElse(ConnectionFeeder.KEY, () -> null) instanceof Route route)) {
            throw new SqlCheckException("sql(\"" + request.name()
                    + "\"): the user has no route; the scenario must start with feed(run.connections())");
        }
        Role role = request.target().role();
        return shardKey == null ? route.to(role) : route.to(role, key(session));
    }

    private long key(Session session) {
        Object key = shardKey.resolve(session);
        if (key instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(key.toString());
        } catch (NumberFormatException e) {
            throw new SqlCheckException("sql(\"" + request.name() + "\").shardKey(…) must be a whole number: " + key);
        }
    }

    private static String message(RuntimeException e) {
        return e instanceof SqlCheckException ? e.getMessage() : e.toString();
    }

    /** The request of one user. Whatever happens in here, the user goes on, and only once. Used by one thread at a time. */
    private final class Sending {
        private final Session session;
        private final long start;
        private final long startMillis;
        private final StageRecorder recorder;
        private Object[][] values;
        private NodePool pool;
        private CapWaits.Mark sinceStart;
        private long poolWait = WAITING;
        private SqlResult result;
        private SqlFailure failure;

        Sending(Session session) {
            this.session = session;
            this.start = Arrival.start(session);
            this.startMillis = nowMillis() + TimeUnit.NANOSECONDS.toMillis(start - System.nanoTime());
            this.recorder = components.recorders().of(session.scenario());
        }

        void begin() {
            recorder.begin(start);
            try {
                values = resolve(session);
                pool = pool(session);
            } catch (RuntimeException e) {
                goOn(crashed(message(e)));
                return;
            }
            sinceStart = pool.waits().mark();
            if (session.eventLoop() instanceof UserLoop own) {
                goOn(guarded(() -> onOwnThread(own.connections())));
            } else {
                runOnPool();
            }
        }

        private void runOnPool() {
            try {
                pool.execute(start, () -> goOn(guarded(this::onPool)));
            } catch (RejectedExecutionException e) {
                goOn(crashed("the connections are closed: the run is ending"));
            }
        }

        /** What comes after this request is not called from in here: its failure would be taken for this request's. */
        private Session guarded(Supplier<Session> work) {
            try {
                return work.get();
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                return crashed(e.toString());
            }
        }

        /** With a connection for this request alone. */
        private Session onPool() {
            if (System.nanoTime() - start > pool.timeoutNanos()) {
                return failed(pool.tooLate(sinceStart));
            }
            try {
                HeldConnection connection = pool.take();
                send(connection);
                if (failure == null) {
                    pool.keep(connection);
                } else {
                    connection.close();
                }
            } catch (SQLException e) {
                notConnected(e);
            }
            return ended();
        }

        /** With the connections that the user keeps. */
        private Session onOwnThread(UserConnections connections) {
            try {
                send(connections.of(pool));
                if (failure != null) {
                    connections.giveBack(pool);
                }
            } catch (SQLException e) {
                notConnected(e);
            }
            return ended();
        }

        private void notConnected(SQLException e) {
            // Not the failure to give a connection back: what was sent has been answered by then.
            if (poolWait == WAITING) {
                poolWait = System.nanoTime() - start;
                failure = SqlFailure.whileConnecting(e);
                if (!pool.spreads()) {
                    recorder.unreached(pool.node());
                }
            }
        }

        private void send(HeldConnection connection) {
            poolWait = System.nanoTime() - start;
            SqlExecution execution = new SqlExecution(request, values, pool, recorder);
            try {
                waiting(connection, true);
                result = execution.run(connection);
            } catch (SQLException e) {
                failure = execution.failure(e);
            } finally {
                waiting(connection, false);
            }
            pool.answered(connection, start + poolWait, System.nanoTime(), request.writes(), failure);
        }

        private void waiting(HeldConnection connection, boolean begins) {
            if (pool.spreads()) {
                recorder.waiting(connection.node(), begins);
            }
        }

        private Session ended() {
            return failure == null ? answered() : failed(failure);
        }

        private Session answered() {
            long end = System.nanoTime();
            io.gatling.javaapi.core.Session checked = new io.gatling.javaapi.core.Session(session);
            try {
                for (var check : request.checks()) {
                    checked = check.apply(result, checked);
                }
            } catch (RuntimeException e) {
                recorder.failed(request.name(), request.target().role(), start, SqlFailure.check(message(e)));
                return fail(session, startMillis, endMillis(end), "check", message(e));
            }
            recorder.succeeded(request.name(), request.target().role(), start, poolWait, end);
            return succeed(checked.asScala(), startMillis, endMillis(end));
        }

        private Session failed(SqlFailure why) {
            long end = System.nanoTime();
            recorder.failed(request.name(), request.target().role(), start, why);
            return fail(session, startMillis, endMillis(end), why.key(), why.summary());
        }

        /** A request that could not be made is a failed request everywhere. */
        private Session crashed(String message) {
            recorder.failed(request.name(), request.target().role(), start, SqlFailure.crash(message));
            return crash(session, message);
        }

        private long endMillis(long end) {
            return startMillis + TimeUnit.NANOSECONDS.toMillis(end - start);
        }
    }
}
