package distributedmysql.gatling.internal;

import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.UserConnections;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.CapWaits;
import java.sql.SQLException;

/** What a request does with one pool: it takes a connection, and sends its statements. Used by one thread at a time. */
final class PoolRequest {
    private static final long WAITING = -1;

    private final SqlRequest request;
    private final Object[][] values;
    private final NodePool pool;
    private final StageRecorder recorder;
    private final long start;
    private final CapWaits.Mark sinceStart;
    private long poolWait = WAITING;
    private SqlResult result;
    private SqlFailure failure;

    /** @param start the intended one, of {@link System#nanoTime()} */
    PoolRequest(SqlRequest request, Object[][] values, NodePool pool, StageRecorder recorder, long start) {
        this.request = request;
        this.values = values;
        this.pool = pool;
        this.recorder = recorder;
        this.start = start;
        this.sinceStart = pool.waits().mark();
    }

    NodePool pool() {
        return pool;
    }

    /** What came back; null if it failed. */
    SqlResult result() {
        return result;
    }

    /** Null if it succeeded. */
    SqlFailure failure() {
        return failure;
    }

    /** How long it waited for its connection, in nanoseconds from the intended start; negative if it never asked for one. */
    long poolWait() {
        return poolWait;
    }

    /** With a connection for this request alone; on a thread of the pool. */
    void onPool() {
        takeAndSend();
        tellShard();
    }

    private void takeAndSend() {
        if (System.nanoTime() - start > pool.timeoutNanos()) {
            failure = pool.tooLate(sinceStart);
            return;
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
    }

    /** With the connection that the user keeps. */
    void on(UserConnections connections) {
        try {
            send(connections.of(pool));
            if (failure != null) {
                connections.giveBack(pool);
            }
        } catch (SQLException e) {
            notConnected(e);
        }
        tellShard();
    }

    private void tellShard() {
        if (pool.hasShard()) {
            recorder.ofShard(pool.shard(), start, System.nanoTime(), failure == null);
        }
    }

    /** It could not be made. */
    void crashed(String message) {
        failure = SqlFailure.crash(message);
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
}
