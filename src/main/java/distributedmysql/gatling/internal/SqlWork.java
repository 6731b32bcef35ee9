package distributedmysql.gatling.internal;

import distributedmysql.connection.NodePool;
import distributedmysql.connection.SqlFailure;
import distributedmysql.gatling.SqlCheck;
import distributedmysql.gatling.SqlCheckException;
import distributedmysql.gatling.SqlResult;
import distributedmysql.report.StageRecorder;
import io.gatling.core.session.Session;
import java.sql.Connection;
import java.sql.SQLException;

/** One request of one user, on a thread of the pool. Whatever happens in here, the user goes on. */
final class SqlWork implements Runnable {
    private final SqlAction action;
    private final SqlRequest request;
    private final Session session;
    private final Object[][] parameters;
    private final NodePool pool;
    private final StageRecorder recorder;
    private final long start;
    private final long startMillis;
    private long poolWait;

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
    }

    @Override
    public void run() {
        try {
            if (System.nanoTime() - start > pool.timeoutNanos()) {
                failed(SqlFailure.poolTimeout());
            } else {
                withConnection();
            }
        } catch (Throwable e) {
            // An exception that escaped here would leave the virtual user waiting for ever.
            action.crash(session, e.toString());
            if (e instanceof VirtualMachineError) {
                throw e;
            }
        }
    }

    private void withConnection() {
        SqlResult result;
        try (Connection connection = pool.getConnection()) {
            poolWait = System.nanoTime() - start;
            SqlExecution execution = new SqlExecution(request, parameters, pool.node(), recorder);
            try {
                result = execution.run(connection);
            } catch (SQLException e) {
                failed(execution.failure(e));
                return;
            }
        } catch (SQLException e) {
            poolWait = System.nanoTime() - start;
            failed(SqlFailure.whileConnecting(e));
            return;
        }
        succeeded(result);
    }

    private void succeeded(SqlResult result) {
        long end = System.nanoTime();
        io.gatling.javaapi.core.Session checked = new io.gatling.javaapi.core.Session(session);
        try {
            for (SqlCheck check : request.checks()) {
                checked = check.check(result, checked);
            }
        } catch (RuntimeException e) {
            String message = e instanceof SqlCheckException ? e.getMessage() : e.toString();
            recorder.failed(request.role(), start, SqlFailure.check(message));
            action.fail(session, startMillis, endMillis(end), "check", message);
            return;
        }
        recorder.succeeded(request.role(), start, poolWait, end);
        action.succeed(checked.asScala(), startMillis, endMillis(end));
    }

    private void failed(SqlFailure failure) {
        long end = System.nanoTime();
        recorder.failed(request.role(), start, failure);
        action.fail(session, startMillis, endMillis(end), failure.key(), failure.summary());
    }

    private long endMillis(long end) {
        return startMillis + (end - start) / 1_000_000;
    }
}
