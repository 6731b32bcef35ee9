package distributedmysql.experiment.writeconflicts;

import distributedmysql.check.Interval;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Member;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.report.LatencySummary;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the clients of one turn were told, and how long it took. Thread-safe. */
final class ConflictRecord {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final int keys;
    private final Map<String, Map<IncrementEnding, Long>> byMember = new LinkedHashMap<>();
    private final Histogram acknowledged = new Histogram(HIGHEST_MICROS, 3);
    private final Histogram rolledBack = new Histogram(HIGHEST_MICROS, 3);
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /** @param keys how many counters there are */
    ConflictRecord(int keys, List<String> members) {
        this.keys = keys;
        members.forEach(member -> byMember.put(member, new EnumMap<>(IncrementEnding.class)));
    }

    synchronized void ended(String member, IncrementEnding ending, long startNanos, long endNanos) {
        byMember.get(member).merge(ending, 1L, Long::sum);
        firstNanos = Math.min(firstNanos, startNanos);
        lastNanos = Math.max(lastNanos, endNanos);
        long micros = Math.min((endNanos - startNanos) / 1_000, HIGHEST_MICROS);
        if (ending == IncrementEnding.ACKNOWLEDGED) {
            acknowledged.recordValue(micros);
        } else if (ending == IncrementEnding.CONFLICT) {
            rolledBack.recordValue(micros);
        }
    }

    /** @param detected how many conflicts each member has counted meanwhile, where that is known */
    synchronized Turn turn(Map<String, Long> detected) {
        long acked = of(IncrementEnding.ACKNOWLEDGED);
        long conflicts = of(IncrementEnding.CONFLICT);
        long deadlocks = of(IncrementEnding.DEADLOCK);
        long ended = acked + conflicts + deadlocks;
        return new Turn(
                keys,
                lastNanos <= firstNanos ? 0 : acked * 1e9 / (lastNanos - firstNanos),
                acked,
                conflicts,
                deadlocks,
                of(IncrementEnding.FAILED),
                of(IncrementEnding.UNKNOWN),
                ended == 0 ? null : Double.valueOf((double) conflicts / ended),
                ended == 0 ? null : Interval.wilson(conflicts, ended),
                LatencySummary.of(acknowledged),
                LatencySummary.of(rolledBack),
                byMember.keySet().stream()
                        .map(member -> new Member(
                                member,
                                of(member, IncrementEnding.ACKNOWLEDGED),
                                of(member, IncrementEnding.CONFLICT),
                                of(member, IncrementEnding.DEADLOCK),
                                detected.get(member)))
                        .toList());
    }

    private long of(IncrementEnding ending) {
        return byMember.keySet().stream()
                .mapToLong(member -> of(member, ending))
                .sum();
    }

    private long of(String member, IncrementEnding ending) {
        return byMember.get(member).getOrDefault(ending, 0L);
    }
}
