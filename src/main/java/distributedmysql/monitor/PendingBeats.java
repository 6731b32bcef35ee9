package distributedmysql.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The beats that were acknowledged and were not yet seen on one node, in bounded memory. Thread-safe.
 *
 * <p>The oldest beat is always kept exactly. When the node stands still for so long that {@link #CAPACITY} beats are
 * pending, every second one is forgotten, and so on: until the node has caught up the figures may then be too low by up
 * to 1/{@value #THINNED} of the standstill's length.
 */
final class PendingBeats {
    static final int CAPACITY = 16_384;
    static final int THINNED = CAPACITY / 2;

    private record Beat(long number, long acknowledgedNanos) {}

    private final long silenceNanos;
    private Deque<Beat> beats = new ArrayDeque<>();
    private long stride = 1;
    private long visible = Long.MIN_VALUE;
    private OptionalLong newestNanos = OptionalLong.empty();

    /** @param silenceNanos with no acknowledgement for this long, "everything is visible" says nothing any more */
    PendingBeats(long silenceNanos) {
        this.silenceNanos = silenceNanos;
    }

    /** Numbers rise from call to call. */
    synchronized void acknowledged(long number, long atNanos) {
        newestNanos = OptionalLong.of(atNanos);
        // A replica can show a beat before the primary's answer has reached the client.
        if (number <= visible || (!beats.isEmpty() && number < beats.getLast().number + stride)) {
            return;
        }
        beats.addLast(new Beat(number, atNanos));
        if (beats.size() >= CAPACITY) {
            thin();
        }
    }

    /** The beat with this number, and all before it, are visible on the node. */
    synchronized void visible(long number) {
        visible = Math.max(visible, number);
        while (!beats.isEmpty() && beats.getFirst().number <= visible) {
            beats.removeFirst();
        }
        if (beats.isEmpty()) {
            stride = 1;
        }
    }

    /** Nanoseconds since the acknowledgement of the oldest beat that is not visible; see {@link ReplicationLag}. */
    synchronized OptionalLong lagNanos(long atNanos) {
        if (!beats.isEmpty()) {
            return OptionalLong.of(Math.max(0, atNanos - beats.getFirst().acknowledgedNanos));
        }
        boolean silent = newestNanos.isEmpty() || atNanos - newestNanos.getAsLong() > silenceNanos;
        return silent ? OptionalLong.empty() : OptionalLong.of(0);
    }

    private void thin() {
        Deque<Beat> kept = new ArrayDeque<>();
        boolean keep = true;
        for (Beat beat : beats) {
            if (keep) {
                kept.addLast(beat);
            }
            keep = !keep;
        }
        beats = kept;
        stride *= 2;
    }
}
