package distributedmysql.experiment.failover;

import distributedmysql.history.Ledger;
import distributedmysql.history.Promotion;
import java.util.stream.LongStream;

/** When clients were served again after a change of the primary, by the requests of its own load and no others. */
public final class RecoveryTimes {
    private static final long WINDOW_MICROS = 1_000_000;
    private static final int NEEDED_PERCENT = 99;

    private final Promotion promotion;
    /** When writes arrived, ascending; the lowest bit says whether the new primary acknowledged it. */
    private final long[] arrivals;
    /** Of writes that the former primary acknowledged before the promotion. */
    private final Long lastBefore;
    /** Of writes that the new one acknowledged after it. */
    private final Long firstAfter;
    /** When writes arrived that were not acknowledged. */
    private final long[] failedArrivals;
    /** Of reads that succeeded; ascending. */
    private final long[] readCompletions;

    public RecoveryTimes(Ledger ledger, MeasuredPromotion round) {
        this.promotion = round.promotion();
        LongStream.Builder writes = LongStream.builder();
        LongStream.Builder failed = LongStream.builder();
        LongStream.Builder before = LongStream.builder();
        LongStream.Builder after = LongStream.builder();
        ledger.forEachWrite(write -> {
            boolean held = round.holds(write.invokeMicros(), write.completeMicros());
            // Only an acknowledged write has a server.
            boolean served = held && write.server().equals(promotion.to());
            if (round.holds(write.invokeMicros(), write.invokeMicros())) {
                writes.add(write.invokeMicros() << 1 | (served ? 1 : 0));
                if (!write.ending().isOk()) {
                    failed.add(write.invokeMicros());
                }
            }
            if (served && write.completeMicros() >= promotion.promotedMicros()) {
                after.add(write.completeMicros());
            }
            if (held
                    && write.server().equals(promotion.from())
                    && write.completeMicros() <= promotion.promotedMicros()) {
                before.add(write.completeMicros());
            }
        });
        this.arrivals = writes.build().sorted().toArray();
        this.failedArrivals = failed.build().toArray();
        this.lastBefore = before.build().boxed().max(Long::compare).orElse(null);
        this.firstAfter = after.build().boxed().min(Long::compare).orElse(null);
        LongStream.Builder reads = LongStream.builder();
        ledger.forEachRead(read -> {
            if (read.ending().isOk() && round.holds(read.invokeMicros(), read.completeMicros())) {
                reads.add(read.completeMicros());
            }
        });
        this.readCompletions = reads.build().sorted().toArray();
    }

    public FailoverFigures.Rto rto() {
        boolean known = lastBefore != null && firstAfter != null;
        Long recovered = known ? recovered(firstAfter) : null;
        return new FailoverFigures.Rto(
                promotion.from(),
                promotion.to(),
                lastBefore,
                firstAfter,
                known ? Double.valueOf((firstAfter - lastBefore) / 1_000.0) : null,
                recovered == null ? null : Double.valueOf((recovered - lastBefore) / 1_000.0),
                known ? longestReadGap(lastBefore, firstAfter) : null,
                firstAfter == null
                        ? 0
                        : LongStream.of(failedArrivals)
                                .filter(at -> at > firstAfter)
                                .count());
    }

    /** The begin of the first whole second after this time of which enough arrivals succeeded. */
    private Long recovered(long afterMicros) {
        int end = 0;
        long failed = 0;
        for (int begin = 0; begin < arrivals.length; begin++) {
            long at = arrivals[begin] >> 1;
            while (end < arrivals.length && arrivals[end] >> 1 < at + WINDOW_MICROS) {
                failed += ~arrivals[end++] & 1;
            }
            if (end == arrivals.length) {
                // The load ends within this second: it is not known how the rest of it would have gone.
                break;
            }
            // Of those that arrive at once, the first one's second has them all.
            boolean first = begin == 0 || arrivals[begin - 1] >> 1 < at;
            if (first && at >= afterMicros && failed * 100 <= (100L - NEEDED_PERCENT) * (end - begin)) {
                return at;
            }
            failed -= ~arrivals[begin] & 1;
        }
        return null;
    }

    /** Null if no read is known to have completed before or after. */
    private Double longestReadGap(long fromMicros, long untilMicros) {
        int reads = readCompletions.length;
        if (reads == 0 || readCompletions[0] > fromMicros || readCompletions[reads - 1] < untilMicros) {
            return null;
        }
        long longest = 0;
        for (int i = 1; i < reads; i++) {
            if (readCompletions[i] > fromMicros && readCompletions[i - 1] < untilMicros) {
                longest = Math.max(longest, readCompletions[i] - readCompletions[i - 1]);
            }
        }
        return longest / 1_000.0;
    }
}
