package distributedmysql.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whether one thread is busy with something that it does again and again, and for how long, for one other thread that asks
 * at an interval. The first thread's part is {@link #flip}, one store without a fence; it may ask for {@link #now} too. The
 * rest is for the other thread.
 */
final class BusyFlag {
    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(BusyFlag.class, "turn", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Odd while the thread is busy; written by that thread only. */
    private volatile int turn;

    // The other thread's own notes.
    private int seen;
    private long busyMillis;

    /** It begins, or it ends. */
    void flip() {
        TURN.setRelease(this, turn + 1);
    }

    int now() {
        return turn;
    }

    /**
     * How long the thread has been busy with what it was busy with when this was last asked; 0 if with something else or
     * nothing. Intervals are added up rather than a clock read, so that a client that was itself stopped for a while does not
     * take that for the server's time.
     */
    long busyMillis(long intervalMillis) {
        int now = turn;
        boolean same = (now & 1) == 1 && now == seen;
        seen = now;
        busyMillis = same ? busyMillis + intervalMillis : 0;
        return busyMillis;
    }

    /** What {@link #busyMillis} last saw. */
    int seen() {
        return seen;
    }
}
