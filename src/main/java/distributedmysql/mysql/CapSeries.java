package distributedmysql.mysql;

import java.util.Arrays;

/** What a {@link RateCap} let pass, by tenths of a second: 24 bytes each. Not thread-safe. */
final class CapSeries {
    private static final long STEP_NANOS = 100_000_000;

    private final long epoch;
    private long[] requests = new long[1024];
    private long[] waited = new long[1024];
    private long[] waitNanos = new long[1024];

    CapSeries(long epoch) {
        this.epoch = epoch;
    }

    void sent(long now) {
        // Not requests[room(now)]: the array would be taken before there is room.
        int step = room(now);
        requests[step]++;
    }

    /** The requests count at the end of the wait, its time in all that it lasted. */
    void waited(long begin, long end, int count) {
        int last = room(end);
        waited[last] += count;
        for (long at = begin; end - at > 0; ) {
            int step = index(at);
            long until = Math.min(epoch + (step + 1) * STEP_NANOS, end);
            waitNanos[step] += until - at;
            at = until;
        }
    }

    private int index(long nanos) {
        return (int) Math.max(0, (nanos - epoch) / STEP_NANOS);
    }

    private int room(long nanos) {
        int index = index(nanos);
        if (index >= requests.length) {
            int size = Math.max(index + 1, 2 * requests.length);
            requests = Arrays.copyOf(requests, size);
            waited = Arrays.copyOf(waited, size);
            waitNanos = Arrays.copyOf(waitNanos, size);
        }
        return index;
    }

    CapUse between(long from, long to, int maxRate) {
        int end = Math.min(index(to - 1) + 1, requests.length);
        long sent = 0;
        long held = 0;
        long nanos = 0;
        int withWaits = 0;
        for (int step = index(from); step < end; step++) {
            sent += requests[step];
            held += waited[step];
            nanos += waitNanos[step];
            withWaits += waitNanos[step] > 0 ? 1 : 0;
        }
        int steps = index(to - 1) + 1 - index(from);
        return new CapUse(maxRate, sent, held, nanos, steps <= 0 ? 0 : (double) withWaits / steps);
    }
}
