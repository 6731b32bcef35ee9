package distributedmysql.load;

import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a connection runs a statement, and for how long, so that another thread can have the server end it. It costs
 * the connection's thread two stores; MySQL's own {@code max_execution_time} costs the server two system calls per
 * SELECT (a timer is set and cancelled), and {@link java.sql.Statement#setQueryTimeout} the driver a task of a timer. The
 * first two methods are for the connection's thread, the others for one other.
 */
final class RunningStatement {
    private final ReentrantLock lock = new ReentrantLock();
    private final BusyFlag turns = new BusyFlag();
    private volatile boolean ending;
    private volatile int endedTurn;
    // Published by the turn.
    private long limitMillis;

    void begins(long limit) {
        limitMillis = limit;
        turns.flip();
    }

    /**
     * When it returns, the server is told to end no later statement.
     *
     * @return whether it was told to end this one
     */
    boolean ends() {
        int turn = turns.now();
        turns.flip();
        // Either the other thread sees that the statement has ended, or this one that it is being killed.
        VarHandle.fullFence();
        awaitKill();
        return endedTurn == turn;
    }

    /** Whoever holds the lock is telling the server; once it could be had, that is done. */
    @SuppressWarnings("LockNotBeforeTry")
    private void awaitKill() {
        if (ending) {
            lock.lock();
            lock.unlock();
        }
    }

    /** Whether the statement takes too long; to be asked at an interval. */
    boolean isOverdue(long intervalMillis) {
        long runMillis = turns.busyMillis(intervalMillis);
        return runMillis > 0 && runMillis >= limitMillis && endedTurn != turns.seen();
    }

    /** Ends the statement that was found overdue, if it still runs; the next one does not begin before that is done. */
    void end(Kill kill) throws SQLException {
        lock.lock();
        try {
            ending = true;
            if (turns.now() == turns.seen()) {
                kill.query();
                endedTurn = turns.seen();
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
