package distributedmysql.experiment.backup;

import distributedmysql.experiment.backup.Cost.OfLoad;
import distributedmysql.experiment.backup.Cost.OfWrites;
import distributedmysql.history.Ledger;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.load.record.IntervalRecorder.Interval;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What the users noticed in each phase, from what was recorded. A request belongs to the phase in which it arrived. Pure.
 *
 * @param ledgers of all shards
 * @param writeRate of the numbered writes to all of them, per second
 * @param intervals of the load, in their order
 * @param intervalMicros how long each is
 * @param loadFromMicros when the first of them began, and with it what counts, on the run's clock
 * @param lags of all replicas, from the zero of the run's clock on
 */
record Costs(
        List<Ledger> ledgers,
        int writeRate,
        List<Interval> intervals,
        long intervalMicros,
        long loadFromMicros,
        List<ReplicaLag> lags) {

    /** Of all phases, each beside what was noticed before. */
    List<Cost> of(List<Span> phases) {
        List<Cost> costs = phases.stream().map(this::of).toList();
        return costs.stream()
                .filter(cost -> cost.phase().equals(Cost.BEFORE))
                .findFirst()
                .map(before -> costs.stream()
                        .map(cost -> cost.phase().equals(Cost.BEFORE) ? cost : cost.beside(before))
                        .toList())
                .orElse(costs);
    }

    private Cost of(Span phase) {
        Span span = phase.within(fromMicros(phase), loadToMicros());
        boolean any = span.seconds() > 0;
        return new Cost(
                phase.name(),
                phase.seconds(),
                span.seconds(),
                any ? load(span) : null,
                any ? writes(span) : null,
                lag(span));
    }

    /** What was slow because everything had just been started is not what it is like without backups. */
    private long fromMicros(Span phase) {
        return phase.name().equals(Cost.BEFORE)
                ? Backlog.goneMicros(ledgers, loadFromMicros, LedgerPlan.POOL_SIZE)
                : loadFromMicros;
    }

    private long loadToMicros() {
        return loadFromMicros + intervals.size() * intervalMicros;
    }

    private OfLoad load(Span span) {
        Histogram latency = new Histogram(2);
        long errors = 0;
        int counted = 0;
        for (Interval interval : intervals) {
            long middle = loadFromMicros + (long) (interval.seconds() * 1e6) + intervalMicros / 2;
            if (span.contains(middle)) {
                latency.add(interval.latency());
                errors += interval.failed();
                counted++;
            }
        }
        return new OfLoad(
                latency.getTotalCount(),
                perSecond(latency.getTotalCount(), counted * intervalMicros / 1e6),
                errors,
                LatencySummary.of(latency),
                null);
    }

    private static double perSecond(long count, double seconds) {
        return seconds <= 0 ? 0 : count / seconds;
    }

    private OfWrites writes(Span span) {
        Histogram latency = new Histogram(3);
        long[] failed = new long[1];
        List<List<Long>> acknowledged = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            List<Long> ofShard = new ArrayList<>();
            acknowledged.add(ofShard);
            ledger.forEachWrite(write -> {
                boolean ok = write.ending().isOk();
                if (ok) {
                    ofShard.add(write.completeMicros());
                }
                if (span.contains(write.invokeMicros())) {
                    if (ok) {
                        latency.recordValue(Math.max(1, write.completeMicros() - write.invokeMicros()));
                    } else {
                        failed[0]++;
                    }
                }
            });
        }
        return new OfWrites(
                latency.getTotalCount(),
                perSecond(latency.getTotalCount(), span.seconds()),
                failed[0],
                LatencySummary.of(latency),
                null,
                Stalls.of(acknowledged, span, writeRate));
    }

    private LatencySummary lag(Span span) {
        Histogram highest = new Histogram(2);
        for (ReplicaLag lag : lags) {
            for (LagPoint point : lag.series()) {
                long from = 1_000 * point.atMillis();
                long to = from + 1_000 * lag.seriesIntervalMillis();
                if (point.probe() != null && span.within(from, to).seconds() > 0) {
                    highest.recordValue(Math.max(0, point.probe()));
                }
            }
        }
        return LatencySummary.of(highest);
    }
}
