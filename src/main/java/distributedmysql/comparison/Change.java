package distributedmysql.comparison;

import distributedmysql.comparison.MetricComparison.Finding;
import distributedmysql.report.Metric;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A metric that changed in the course of a history.
 *
 * @param run file of the first run after the change
 * @param start start of that run; the change may be some runs earlier or later
 * @param before median from the change before this one on, or from the beginning
 * @param after median from then on, until the next change or the end
 * @param alsoChanged what was not equal in the runs right before and after
 */
record Change(
        String metric,
        String unit,
        Metric.Better better,
        String run,
        Instant start,
        double before,
        double after,
        double changePercent,
        Finding finding,
        List<Differs> alsoChanged) {
    /**
     * @param runs those that have the metric
     * @param parts where the part before the change begins, where that after it begins, and where that ends
     */
    static Change of(String name, List<ComparedRun> runs, int[] parts) {
        Metric metric = runs.get(parts[1]).metrics().get(name);
        double before = median(name, runs.subList(parts[0], parts[1]));
        double after = median(name, runs.subList(parts[1], parts[2]));
        boolean better = after > before == (metric.better() == Metric.Better.HIGHER);
        ComparedRun first = runs.get(parts[1]);
        return new Change(
                name,
                metric.unit(),
                metric.better(),
                first.file().toString(),
                first.start(),
                before,
                after,
                100 * (after / before - 1),
                better ? Finding.BETTER : Finding.WORSE,
                Differs.between(List.of(runs.get(parts[1] - 1)), List.of(first), ComparedRun::everything));
    }

    private static double median(String name, List<ComparedRun> runs) {
        double[] sorted = runs.stream()
                .mapToDouble(run -> run.metrics().get(name).value())
                .sorted()
                .toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    /** The indices of a change between those before and after it. */
    static int[] parts(List<Integer> changes, int which, int end) {
        return new int[] {
            which == 0 ? 0 : changes.get(which - 1),
            changes.get(which),
            which == changes.size() - 1 ? end : changes.get(which + 1)
        };
    }

    static double[] logarithms(String name, List<ComparedRun> runs) {
        return Arrays.stream(runs.stream()
                        .mapToDouble(run -> run.metrics().get(name).value())
                        .toArray())
                .map(Math::log)
                .toArray();
    }
}
