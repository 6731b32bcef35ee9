package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one pool as far as they wait for a {@link RateCap}, so that one that has waited too long for a connection
 * can be told from one that a server has kept waiting. Thread-safe.
 *
 * <p>It is the cap's doing where at least half of the wait would not have been without it: connections (or one that had to be
 * opened) waited for the cap, and the cap was used. A server that does not answer keeps connections without their waiting for
 * the cap; and where it keeps the permits of the cap as well, others wait for the cap, but it is not used.
 */
public final class CapWaits {
    private static final double LEAST_SHARE = 0.5;

    private static final Map<String, CapWaits> BY_ID = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final RateCap cap;
    private final String id = Integer.toString(IDS.incrementAndGet());

    // Guarded by this.
    private int waiting;
    private long last = System.nanoTime();
    private long anyNanos;
    private long allNanos;

    /**
     * How much was waited until then.
     *
     * @param nanos of {@link System#nanoTime()}
     */
    public record Mark(long nanos, long anyNanos, long allNanos) {
        private static final Mark NONE = new Mark(0, 0, 0);
    }

    CapWaits(RateCap cap) {
        this.cap = cap;
        if (cap.maxRate() != 0) {
            BY_ID.put(id, this);
        }
    }

    static CapWaits of(String id) {
        return BY_ID.get(id);
    }

    RateCap cap() {
        return cap;
    }

    String id() {
        return id;
    }

    /** The properties of Connector/J that make a connection one whose requests wait, and are counted here. */
    public Map<String, String> properties() {
        return CappedCommands.properties(this, true);
    }

    /** As {@link RateCap#reserve}. */
    public void reserve(int requests) throws SQLException {
        cap.reserve(requests, this);
    }

    /** As {@link RateCap#release}. */
    public void release() {
        cap.release();
    }

    synchronized void begins() {
        advance();
        waiting++;
    }

    synchronized void ends() {
        advance();
        waiting--;
    }

    private void advance() {
        long now = System.nanoTime();
        anyNanos += waiting > 0 ? now - last : 0;
        allNanos += waiting * (now - last);
        last = now;
    }

    /** When a request begins to wait for a connection. */
    public Mark mark() {
        return cap.maxRate() == 0 ? Mark.NONE : now();
    }

    private synchronized Mark now() {
        advance();
        return new Mark(last, anyNanos, allNanos);
    }

    /** Whether all these connections were in use because what used them waited for the cap. */
    public boolean keptAll(Mark since, int connections) {
        if (cap.maxRate() == 0) {
            return false;
        }
        Mark now = now();
        return isMost(now.allNanos - since.allNanos, connections * (now.nanos - since.nanos), since, now);
    }

    /** Whether a connection could not be opened or had because what does so waited for the cap. */
    public boolean keptOne(Mark since) {
        if (cap.maxRate() == 0) {
            return false;
        }
        Mark now = now();
        return isMost(now.anyNanos - since.anyNanos, now.nanos - since.nanos, since, now);
    }

    /** A connection was had that may have had to be opened: if that waited for the cap, so did whoever waited for it. */
    public void had(Mark since) {
        if (keptOne(since)) {
            synchronized (this) {
                allNanos += System.nanoTime() - since.nanos;
            }
        }
    }

    private boolean isMost(long waited, long time, Mark since, Mark now) {
        return waited > 0 && waited >= LEAST_SHARE * time && cap.isUsed(since.nanos, now.nanos, LEAST_SHARE);
    }

    /** For instance {@code external.max-rate = 200}. */
    @Override
    public String toString() {
        return cap.toString();
    }
}
