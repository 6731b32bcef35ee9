package distributedmysql.experiment.sharding.transfers;

import distributedmysql.monitor.LoadTime;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How the transfers of one way ended, and how long it took. Thread-safe. */
final class TransferRecord {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final TransferPlan plan;
    private final List<Ended> all = new ArrayList<>();
    private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);
    private final Span measured = new Span();
    private final Span withKills = new Span();

    private static final class Span {
        private long firstNanos = Long.MAX_VALUE;
        private long lastNanos = Long.MIN_VALUE;
        private long acknowledged;

        void add(Ended ended, long startNanos, long endNanos) {
            firstNanos = Math.min(firstNanos, startNanos);
            lastNanos = Math.max(lastNanos, endNanos);
            acknowledged += ended.ending() == TransferEnding.ACKNOWLEDGED ? 1 : 0;
        }

        double perSecond() {
            return lastNanos <= firstNanos ? 0 : acknowledged * 1e9 / (lastNanos - firstNanos);
        }
    }

    TransferRecord(TransferPlan plan) {
        this.plan = plan;
    }

    synchronized void ended(Ended ended, long startNanos, long endNanos) {
        all.add(ended);
        int number = ended.transfer().number();
        if (plan.isMeasured(number)) {
            measured.add(ended, startNanos, endNanos);
            if (ended.ending() == TransferEnding.ACKNOWLEDGED) {
                micros.recordValue(Math.min((endNanos - startNanos) / 1_000, HIGHEST_MICROS));
            }
        } else if (number >= plan.killedFrom(0)) {
            withKills.add(ended, startNanos, endNanos);
        }
    }

    /** From the first transfer that is measured until the last one of all; empty before that. */
    synchronized Optional<LoadTime> time() {
        long last = Math.max(measured.lastNanos, withKills.lastNanos);
        return last < measured.firstNanos ? Optional.empty() : Optional.of(new LoadTime(measured.firstNanos, last));
    }

    synchronized List<Ended> all() {
        return List.copyOf(all);
    }

    /** Acknowledged ones, while no client was killed. */
    synchronized double perSecond() {
        return measured.perSecond();
    }

    /** Acknowledged ones, while clients were killed. */
    synchronized double perSecondWithKills() {
        return withKills.perSecond();
    }

    /** Of acknowledged ones, while no client was killed; null if there was none. */
    synchronized LatencySummary micros() {
        return LatencySummary.of(micros);
    }
}
