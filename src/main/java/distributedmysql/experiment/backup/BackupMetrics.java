package distributedmysql.experiment.backup;

import distributedmysql.report.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** By what backups are compared: how long they take, how long a restore takes, and what the users notice. */
final class BackupMetrics {
    private BackupMetrics() {}

    static List<Metric> of(BackupSection section) {
        List<Metric> metrics = new ArrayList<>();
        for (FullFigures full : section.fulls()) {
            String name = "backup " + full.strategy() + (full.shard() == null ? "" : " of " + full.shard());
            if (full.stored() != null) {
                metrics.add(Metric.lower(name + ": time", "s", full.stored().seconds()));
            }
            if (full.restored() != null) {
                metrics.add(Metric.lower(
                        name + ": time to restore and verify",
                        "s",
                        full.restored().seconds()));
            }
        }
        for (Cost cost : section.cost()) {
            String name = "backup, users while " + cost.phase();
            if (cost.load() != null && cost.load().latencyMicros() != null) {
                metrics.add(Metric.micros(
                        name + ": p99", cost.load().latencyMicros().p99()));
            }
            if (cost.writes() != null) {
                metrics.add(Metric.lower(
                        name + ": longest time without a write",
                        "ms",
                        cost.writes().stalls().longestMillis()));
            }
        }
        // Of several backups of one kind, the first.
        Set<String> names = new HashSet<>();
        return metrics.stream()
                .filter(metric -> metric.value() > 0 && names.add(metric.name()))
                .toList();
    }
}
