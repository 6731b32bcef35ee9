package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The most requests that a run sends per second, to all servers together ({@code external.max-rate}). A request is what a
 * server counts in its status variable {@code Questions}: each statement, {@code SET} and {@code COMMIT} included.
 *
 * <p><b>Guarantee</b>: no second, wherever it begins and by whatever clock, has more requests at the servers. There are as
 * many permits as requests per second; each request takes one before it is sent, and gives it back one second after it was
 * answered. So whatever a server began in a second holds its permit at the end of that second, and there are no more. A
 * server or a network that stood still is not flooded afterwards either. For that, a server that takes time <i>t</i> to
 * answer gets 1 / (1 + <i>t</i>) of the rate (<i>t</i> in seconds). A request whose answer did not come within 5 s, or
 * was an error of a connection that sent nothing after it, counts as answered then.
 *
 * <p>Whoever has to wait leaves in the order of arrival, at even distances; without waiting, as many may leave together as
 * are allowed in 100 ms. Samplers, whose readings belong to a time, never wait, but take their permits from the others.
 * Thread-safe.
 */
public final class RateCap {
    static final long SECOND_NANOS = 1_000_000_000;
    /** What opening a connection sends (measured): variables are asked for, and set. */
    public static final int CONNECTING = 4;

    private static final long BURST_NANOS = 100_000_000;
    private static final long ANSWER_NANOS = 5 * SECOND_NANOS;
    /** While it is not known when the next permit comes back. */
    private static final long POLL_NANOS = 2_000_000;

    private static final RateCap NONE = new RateCap();
    private final int maxRate;
    private final long spacingNanos;
    private final CapSeries series = new CapSeries(System.nanoTime());
    private final ThreadLocal<Reserved> reserved = ThreadLocal.withInitial(Reserved::new);
    /** Of whoever has no pool. */
    private final CapWaits others;
    /** Held by the one whose turn it is; the others queue for it. */
    private final ReentrantLock turn = new ReentrantLock(true);

    // Guarded by this.
    private final Permits permits;
    private long next = System.nanoTime();

    /** What a thread has taken and not used. */
    private static final class Reserved {
        int permits;
    }

    private RateCap() {
        maxRate = 0;
        spacingNanos = 0;
        permits = null;
        others = new CapWaits(this);
    }

    /** @param maxRate at least 1 */
    public RateCap(int maxRate) {
        this.maxRate = maxRate;
        this.spacingNanos = SECOND_NANOS / maxRate;
        this.permits = new Permits(maxRate, ANSWER_NANOS);
        this.others = new CapWaits(this);
    }

    /** Where a run may send as much as it can. */
    public static RateCap none() {
        return NONE;
    }

    /** The waits of one pool. */
    public CapWaits waits() {
        return new CapWaits(this);
    }

    /** The properties of Connector/J that make a connection one whose requests wait. */
    Map<String, String> forLoad() {
        return CappedCommands.properties(others, true);
    }

    /** The properties of Connector/J that make a connection one whose requests count, and do not wait. */
    Map<String, String> forSampling() {
        return CappedCommands.properties(others, false);
    }

    /** Requests per second; 0 if there is no limit. */
    public int maxRate() {
        return maxRate;
    }

    /**
     * Waits until so many requests may be sent. The next ones that this thread sends are those, so that a transaction
     * does not wait while it holds locks, and no time limit of a statement runs meanwhile. Must be followed by {@link
     * #release}.
     *
     * @throws SQLException if the thread is interrupted; nothing is reserved then
     */
    public void reserve(int requests) throws SQLException {
        reserve(requests, others);
    }

    void reserve(int requests, CapWaits waits) throws SQLException {
        if (maxRate != 0) {
            // Of more there would never be enough at once: those that are left wait one by one.
            int together = Math.min(requests, maxRate);
            await(together, waits);
            reserved.get().permits += together;
        }
    }

    /** Gives back what this thread has reserved and not sent. */
    public void release() {
        if (maxRate != 0) {
            Reserved own = reserved.get();
            if (own.permits > 0) {
                synchronized (this) {
                    permits.giveBack(own.permits);
                }
                own.permits = 0;
            }
        }
    }

    Permits.Permit send(boolean waits) throws SQLException {
        return send(waits, others);
    }

    /**
     * @param waits whether it waits at all
     * @return to be given to {@link #answered}
     */
    Permits.Permit send(boolean waits, CapWaits whose) throws SQLException {
        Reserved own = reserved.get();
        if (own.permits > 0) {
            own.permits--;
        } else if (waits) {
            await(1, whose);
        } else {
            synchronized (this) {
                permits.take(1);
            }
        }
        synchronized (this) {
            long now = System.nanoTime();
            series.sent(now);
            return permits.sent(now);
        }
    }

    synchronized void answered(Permits.Permit permit) {
        permits.answered(permit, System.nanoTime());
    }

    private void await(int requests, CapWaits waits) throws SQLException {
        long begin = System.nanoTime();
        // Nobody overtakes those that wait.
        if (!turn.isLocked() && untilTaken(requests) == 0) {
            return;
        }
        waits.begins();
        try {
            turn.lockInterruptibly();
            try {
                for (long left = untilTaken(requests); left > 0; left = untilTaken(requests)) {
                    LockSupport.parkNanos(this, left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for " + this);
        } finally {
            waits.ends();
        }
        long end = System.nanoTime();
        synchronized (this) {
            series.waited(begin, end, requests);
        }
    }

    /** @return 0 if they were taken; otherwise nanoseconds after which to ask again */
    private synchronized long untilTaken(int requests) {
        long now = System.nanoTime();
        long untilBack = permits.untilFree(requests, now);
        if (untilBack != 0) {
            // What comes back at once must not leave at once.
            next = later(next, now);
            return untilBack == Permits.UNKNOWN ? POLL_NANOS : untilBack;
        }
        if (next - now > 0) {
            return next - now;
        }
        permits.take(requests);
        next = later(next, now - BURST_NANOS) + requests * spacingNanos;
        return 0;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** How long it takes at least until so many requests are sent; 0 if there is no limit. */
    public long nanosFor(long requests) {
        return requests * spacingNanos;
    }

    /**
     * What was sent in a time, to 100 ms; times of {@link System#nanoTime()}.
     *
     * @return empty if there is no limit
     */
    public synchronized Optional<CapUse> use(long from, long to) {
        return maxRate == 0 ? Optional.empty() : Optional.of(series.between(from, to, maxRate));
    }

    /**
     * Whether at least that share of what may be sent in that time was sent. If it was not, and requests waited all the same,
     * a server did not answer: it had the permits.
     */
    synchronized boolean isUsed(long from, long to, double share) {
        return series.between(from, to, maxRate).requests() >= share * maxRate * (to - from) / SECOND_NANOS;
    }

    @Override
    public String toString() {
        return "external.max-rate = " + maxRate;
    }
}
