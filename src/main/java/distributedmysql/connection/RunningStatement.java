package distributedmysql.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a connection runs a statement, and for how long, so that another thread can have the server end it. It costs
 * the connection's thread two stores; MySQL's own {@code max_execution_time} costs the server two system calls per
 * SELECT (a timer is set and cancelled), and {@link java.sql.Statement#setQueryTimeout} the driver a task of a timer. The
 * first three methods are for the connection's thread, the others for one other.
 */
final class RunningStatement {
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(RunningStatement.class, "turn", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    /** Odd while a statement runs. */
    private volatile int turn;

    private volatile boolean ending;
    private volatile int endedTurn;
    // Published by the turn.
    private long limitMillis;

    // The other thread's own notes.
    private int seenTurn;
    private long runMillis;

    void begins(long limit) {
        limitMillis = limit;
        TURN.setRelease(this, turn + 1);
    }

    /** When it returns, the server has been told to end no later statement. */
    void ends() {
        turn = turn + 1;
        awaitKill();
    }

    /** Whether the server was told to end the statement that failed just now; to be asked before {@link #ends}. */
    boolean wasEnded() {
        awaitKill();
        return endedTurn == turn;
    }

    private void awaitKill() {
        if (ending) {
            lock.lock();
            lock.unlock();
        }
    }

    /**
     * Whether the statement takes too long; to be asked at an interval. Intervals are added up rather than a clock read,
     * so that a client that was itself stopped for a while does not take that for the statement's time.
     */
    boolean isOverdue(long intervalMillis) {
        int now = turn;
        if ((now & 1) == 0 || now != seenTurn) {
            seenTurn = now;
            runMillis = 0;
            return false;
        }
        runMillis += intervalMillis;
        return runMillis >= limitMillis && endedTurn != now;
    }

    /** Ends the statement that was found overdue, if it still runs; the next one does not begin before that is done. */
    void end(Kill kill) throws SQLException {
        lock.lock();
        try {
            ending = true;
            if (turn == seenTurn) {
                kill.query();
                endedTurn = seenTurn;
            }
        } finally {
            ending = false;
            lock.unlock();
        }
    }

    /** Asks the server to end what the connection runs. */
    @FunctionalInterface
    interface Kill {
        void query() throws SQLException;
    }
}
