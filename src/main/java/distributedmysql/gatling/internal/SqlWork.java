package distributedmysql.gatling.internal;

import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.UserConnections;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.CapWaits;
import io.gatling.core.session.Session;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** One request of one user, on a thread that it may block. Whatever happens in here, the user goes on. */
final class SqlWork implements Runnable {
    private static final long WAITING = -1;

    private final SqlAction action;
    private final SqlRequest request;
    private final Session session;
    private final Object[][] parameters;
    private final NodePool pool;
    private final StageRecorder recorder;
    private final long start;
    private final long startMillis;
    private final CapWaits.Mark begin;
    private long poolWait = WAITING;
    private SqlResult result;
    private SqlFailure failure;

    SqlWork(
            SqlAction action,
            SqlRequest request,
            Session session,
            Object[][] parameters,
            NodePool pool,
            StageRecorder recorder,
            long start,
            long startMillis) {
        this.action = action;
        this.request = request;
        this.session = session;
        this.parameters = parameters;
        this.pool = pool;
        this.recorder = recorder;
        this.start = start;
        this.startMillis = startMillis;
        this.begin = pool.waits().mark();
    }

    /** On a thread of the pool, with a connection for this request alone. */
    void runOnPool() {
        try {
            pool.execute(start, this);
        } catch (RejectedExecutionException e) {
            action.goOn(action.crash(session, recorder, start, "the connections are closed: the run is ending"));
        }
    }

    @Override
    public void run() {
        action.goOn(guarded(this::onPool));
    }

    /** On the user's own thread, with the connections that it keeps. */
    void runWith(UserConnections connections) {
        action.goOn(guarded(() -> onOwn(connections)));
    }

    /** The user must go on, and only once: what comes after this request is not called from in here. */
    private Session guarded(Supplier<Session> work) {
        try {
            return work.get();
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            return action.crash(session, recorder, start, e.toString());
        }
    }

    private Session onPool() {
        if (System.nanoTime() - start > pool.timeoutNanos()) {
            return failed(pool.tooLate(begin));
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

    private Session onOwn(UserConnections connections) {
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
        }
    }

    private void send(HeldConnection connection) {
        poolWait = System.nanoTime() - start;
        long sent = start + poolWait;
        SqlExecution execution = new SqlExecution(request, parameters, pool, recorder);
        try {
            result = execution.run(connection);
        } catch (SQLException e) {
            failure = execution.failure(e);
        }
        pool.answered(connection, sent, System.nanoTime(), request.writes(), failure);
    }

    private Session ended() {
        return failure == null ? succeeded() : failed(failure);
    }

    private Session succeeded() {
        long end = System.nanoTime();
        io.gatling.javaapi.core.Session checked = new io.gatling.javaapi.core.Session(session);
        try {
            for (var check : request.checks()) {
                checked = check.apply(result, checked);
            }
        } catch (RuntimeException e) {
            String message = e instanceof SqlCheckException ? e.getMessage() : e.toString();
            recorder.failed(request.name(), request.role(), start, SqlFailure.check(message));
            return action.fail(session, startMillis, endMillis(end), "check", message);
        }
        recorder.succeeded(request.name(), request.role(), start, poolWait, end);
        return action.succeed(checked.asScala(), startMillis, endMillis(end));
    }

    private Session failed(SqlFailure failed) {
        long end = System.nanoTime();
        recorder.failed(request.name(), request.role(), start, failed);
        return action.fail(session, startMillis, endMillis(end), failed.key(), failed.summary());
    }

    private long endMillis(long end) {
        return startMillis + (end - start) / 1_000_000;
    }
}
