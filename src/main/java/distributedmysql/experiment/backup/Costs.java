package distributedmysql.experiment.backup;

import distributedmysql.history.Ledger;
import distributedmysql.load.record.IntervalRecorder.Interval;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/**
 * What the users noticed in each phase, from what was recorded. Pure.
 *
 * @param ledgers of all shards
 * @param intervals of the load, in their order
 * @param intervalMicros how long each is
 * @param loadFromMicros when the first of them began, and with it what counts, on the run's clock
 * @param lags of all replicas, from the zero of the run's clock on
 */
record Costs(
        List<Ledger> ledgers,
        List<Interval> intervals,
        long intervalMicros,
        long loadFromMicros,
        List<ReplicaLag> lags) {

    /** Of a phase, as far as the load went on; nothing of what it lay outside of. */
    Cost of(Span phase) {
        Span span = phase.within(loadFromMicros, loadToMicros());
        Writes writes = new Writes(span);
        ledgers.forEach(writes::add);
        Histogram load = new Histogram(2);
        long errors = 0;
        for (Interval interval : intervals) {
            long middle = loadFromMicros + (long) (interval.seconds() * 1e6) + intervalMicros / 2;
            if (span.contains(middle)) {
                load.add(interval.latency());
                errors += interval.failed();
            }
        }
        return new Cost(
                phase.name(),
                span.seconds(),
                perSecond(load.getTotalCount(), span),
                errors,
                LatencySummary.of(load),
                perSecond(writes.latency.getTotalCount(), span),
                writes.failed,
                LatencySummary.of(writes.latency),
                writes.longestStall() / 1e3,
                lagMillis(span));
    }

    private long loadToMicros() {
        return loadFromMicros + intervals.size() * intervalMicros;
    }

    private static double perSecond(long count, Span span) {
        return span.seconds() <= 0 ? 0 : count / span.seconds();
    }

    private Double lagMillis(Span span) {
        OptionalLong highest = lags.stream()
                .flatMapToLong(lag -> lag.series().stream()
                        .filter(point -> span.contains(1_000 * point.atMillis()))
                        .map(ReplicaLag.LagPoint::probe)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue))
                .max();
        return highest.isPresent() ? highest.getAsLong() / 1e3 : null;
    }

    /** The numbered writes of a phase. */
    private static final class Writes {
        private final Span span;
        private final Histogram latency = new Histogram(3);
        private final List<Long> acknowledged = new ArrayList<>();
        private long failed;

        Writes(Span span) {
            this.span = span;
        }

        void add(Ledger ledger) {
            ledger.forEachWrite(write -> {
                boolean ok = write.ending().isOk();
                if (ok && span.contains(write.completeMicros())) {
                    acknowledged.add(write.completeMicros());
                    latency.recordValue(Math.max(1, write.completeMicros() - write.invokeMicros()));
                } else if (!ok && span.contains(write.completeMicros())) {
                    failed++;
                }
            });
        }

        /** Between two acknowledgements, or to the begin or the end of the phase. */
        long longestStall() {
            long[] times = LongStream.concat(
                            LongStream.of(span.fromMicros(), span.toMicros()),
                            acknowledged.stream().mapToLong(Long::longValue))
                    .sorted()
                    .toArray();
            long longest = 0;
            for (int i = 1; i < times.length; i++) {
                longest = Math.max(longest, times[i] - times[i - 1]);
            }
            return longest;
        }
    }
}
