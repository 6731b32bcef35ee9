package distributedmysql.experiment.groupconsistency;

import distributedmysql.check.Estimate;
import distributedmysql.check.Interval;
import distributedmysql.experiment.groupconsistency.GroupConsistencySection.Fresh;
import distributedmysql.experiment.groupconsistency.GroupConsistencySection.LevelReport;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What was recorded under each level, as the JSON summary says it. */
final class LevelReports {
    /** An estimate takes memory by the product of two numbers of times. */
    private static final int MOST_TIMES = 400;

    private LevelReports() {}

    /** @param ofServers which level a connection has that sets none; what the others cost is compared with it */
    static List<LevelReport> of(List<LevelLoad> loads, Level ofServers, List<String> secondaries, List<Long> delays) {
        Optional<LevelRecord> reference = loads.stream()
                .filter(load -> load.level() == ofServers)
                .map(LevelLoad::record)
                .findFirst();
        return loads.stream()
                .map(load ->
                        report(load, load.level() == ofServers ? Optional.empty() : reference, secondaries, delays))
                .toList();
    }

    private static LevelReport report(
            LevelLoad load, Optional<LevelRecord> reference, List<String> secondaries, List<Long> delays) {
        LevelRecord record = load.record();
        List<SecondaryRead> reads = record.reads();
        return new LevelReport(
                load.level(),
                record.writesPerSecond(),
                LatencySummary.of(LevelRecord.histogram(record.writeTimes())),
                LatencySummary.of(LevelRecord.histogram(record.readTimes())),
                reference
                        .map(other -> cost(other.writeTimes(), record.writeTimes()))
                        .orElse(null),
                reference
                        .map(other -> cost(other.readTimes(), record.readTimes()))
                        .orElse(null),
                record.failedWrites(),
                reads.stream().filter(SecondaryRead::isAnswered).count(),
                reads.stream().filter(SecondaryRead::isStale).count(),
                fresh(reads, secondaries, delays),
                load.queues());
    }

    /** Null if one of them has none. */
    private static Estimate cost(List<Long> reference, List<Long> micros) {
        return reference.isEmpty() || micros.isEmpty() ? null : Estimate.shift(thinned(reference), thinned(micros));
    }

    /** Evenly over the time. */
    private static double[] thinned(List<Long> micros) {
        int count = Math.min(MOST_TIMES, micros.size());
        return IntStream.range(0, count)
                .mapToDouble(i -> micros.get((int) ((long) i * micros.size() / count)))
                .toArray();
    }

    static List<Fresh> fresh(List<SecondaryRead> reads, List<String> secondaries, List<Long> delays) {
        List<Fresh> cells = new ArrayList<>();
        for (String node : secondaries) {
            for (long delay : delays) {
                List<SecondaryRead> here = reads.stream()
                        .filter(read -> read.node().equals(node) && read.delayMicros() == delay)
                        .toList();
                long samples = here.stream().filter(SecondaryRead::isAnswered).count();
                long stale = here.stream().filter(SecondaryRead::isStale).count();
                cells.add(new Fresh(
                        node,
                        delay / 1e3,
                        samples,
                        samples - stale,
                        samples == 0 ? null : Double.valueOf((double) (samples - stale) / samples),
                        samples == 0 ? null : Interval.wilson(samples - stale, samples),
                        here.size() - samples));
            }
        }
        return cells;
    }
}
