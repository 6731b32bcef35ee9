package distributedmysql.experiment.sharding.resharding;

import distributedmysql.history.LedgerWrite;
import java.util.List;

/**
 * Whether the clients were served as fast as their writes arrived, in windows of about a second, all of them as long.
 *
 * @param achieved acknowledgements per second
 * @param least of the window with the fewest
 * @param notHeldMillis how long all windows took together that had too few
 * @param mostBehind writes that had arrived and had not ended, when there were most of them
 */
record HeldRate(double achieved, double least, double notHeldMillis, long mostBehind) {
    /** Of what was planned for a window, but for one write; what ends just after a window is counted in the next one. */
    private static final double LEAST_SHARE = 0.95;

    /**
     * @param writes all of the round's clients
     * @param planned writes per second that arrive
     * @param start of the time that is looked at, and its {@code end}: of the run's clock
     */
    static HeldRate of(List<LedgerWrite> writes, int planned, long start, long end) {
        double seconds = Math.max(1, end - start) / 1e6;
        int windows = (int) Math.max(1, Math.round(seconds));
        long[] acknowledged = new long[windows];
        for (LedgerWrite write : writes) {
            if (write.ending().isOk() && write.completeMicros() >= start && write.completeMicros() < end) {
                acknowledged[(int) ((write.completeMicros() - start) * windows / (end - start))]++;
            }
        }
        double length = seconds / windows;
        double needed = Math.min(planned * length * LEAST_SHARE, planned * length - 1);
        long all = 0;
        long least = Long.MAX_VALUE;
        int notHeld = 0;
        for (long each : acknowledged) {
            all += each;
            least = Math.min(least, each);
            notHeld += each < needed ? 1 : 0;
        }
        return new HeldRate(
                all / seconds, least / length, notHeld * length * 1e3, mostBehind(writes, planned, start, end));
    }

    boolean isHeld() {
        return notHeldMillis == 0;
    }

    /** By the plan, because a write that no client was free for is not in the ledger yet. */
    private static long mostBehind(List<LedgerWrite> writes, int planned, long start, long end) {
        long first = writes.stream().mapToLong(LedgerWrite::invokeMicros).min().orElse(end);
        long[] ended =
                writes.stream().mapToLong(LedgerWrite::completeMicros).sorted().toArray();
        long most = 0;
        int before = 0;
        for (long at : ended) {
            if (at >= start && at < end) {
                most = Math.max(most, arrived(at, first, planned) - before);
            }
            before += at < end ? 1 : 0;
        }
        return Math.max(most, arrived(end, first, planned) - before);
    }

    private static long arrived(long at, long first, int planned) {
        return at < first ? 0 : (at - first) * planned / 1_000_000 + 1;
    }
}
