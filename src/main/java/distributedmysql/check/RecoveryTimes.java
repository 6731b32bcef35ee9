package distributedmysql.check;

import java.util.Arrays;

/** When clients were served again after a change of the primary. */
final class RecoveryTimes {
    private static final long WINDOW_MICROS = 1_000_000;
    private static final int NEEDED_PERCENT = 99;

    private final Ledger ledger;
    /** Ascending; the lowest bit says whether the write that arrived then succeeded. */
    private final long[] arrivals;
    /** Of reads that succeeded; ascending. */
    private final long[] readCompletions;

    RecoveryTimes(Ledger ledger) {
        this.ledger = ledger;
        LongList writes = new LongList();
        ledger.forEachWrite(
                write -> writes.add(write.invokeMicros() << 1 | (write.ending().isOk() ? 1 : 0)));
        this.arrivals = writes.sorted();
        LongList reads = new LongList();
        ledger.forEachRead(read -> {
            if (read.ending().isOk()) {
                reads.add(read.completeMicros());
            }
        });
        this.readCompletions = reads.sorted();
    }

    FailoverFigures.Rto rto(Promotion promotion) {
        Long last = lastBefore(promotion);
        Long first = firstAfter(promotion);
        Long recovered = first == null ? null : recovered(first);
        return new FailoverFigures.Rto(
                promotion.from(),
                promotion.to(),
                last,
                first,
                millis(last, first),
                millis(last, recovered),
                last == null || first == null ? null : longestReadGap(last, first));
    }

    private Long lastBefore(Promotion promotion) {
        long[] last = {-1};
        ledger.forEachWrite(write -> {
            if (write.server().equals(promotion.from()) && write.completeMicros() <= promotion.promotedMicros()) {
                last[0] = Math.max(last[0], write.completeMicros());
            }
        });
        return last[0] < 0 ? null : Long.valueOf(last[0]);
    }

    private Long firstAfter(Promotion promotion) {
        long[] first = {Long.MAX_VALUE};
        ledger.forEachWrite(write -> {
            if (write.server().equals(promotion.to()) && write.completeMicros() >= promotion.promotedMicros()) {
                first[0] = Math.min(first[0], write.completeMicros());
            }
        });
        return first[0] == Long.MAX_VALUE ? null : Long.valueOf(first[0]);
    }

    /** The begin of the first whole second after this time of which enough arrivals succeeded. */
    private Long recovered(long afterMicros) {
        int end = 0;
        long succeeded = 0;
        for (int begin = 0; begin < arrivals.length; begin++) {
            long until = (arrivals[begin] >> 1) + WINDOW_MICROS;
            while (end < arrivals.length && arrivals[end] >> 1 < until) {
                succeeded += arrivals[end++] & 1;
            }
            if (end == arrivals.length) {
                // The record ends within this second: it is not known how the rest of it would have gone.
                return null;
            }
            if (arrivals[begin] >> 1 >= afterMicros && succeeded * 100 >= (long) NEEDED_PERCENT * (end - begin)) {
                return arrivals[begin] >> 1;
            }
            succeeded -= arrivals[begin] & 1;
        }
        return null;
    }

    private Double longestReadGap(long fromMicros, long untilMicros) {
        long longest = -1;
        for (int i = 1; i < readCompletions.length; i++) {
            if (readCompletions[i] > fromMicros && readCompletions[i - 1] < untilMicros) {
                longest = Math.max(longest, readCompletions[i] - readCompletions[i - 1]);
            }
        }
        boolean open = readCompletions.length == 0
                || readCompletions[0] > fromMicros
                || readCompletions[readCompletions.length - 1] < untilMicros;
        return open ? null : Double.valueOf(longest / 1_000.0);
    }

    private static Double millis(Long from, Long to) {
        return from == null || to == null ? null : Double.valueOf((to - from) / 1_000.0);
    }

    private static final class LongList {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + size / 2);
            }
            values[size++] = value;
        }

        long[] sorted() {
            long[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
