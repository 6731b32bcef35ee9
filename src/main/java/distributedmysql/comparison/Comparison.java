package distributedmysql.comparison;

import distributedmysql.comparison.MetricComparison.Basis;
import distributedmysql.comparison.MetricComparison.Finding;
import distributedmysql.statistics.Holm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * New runs compared with old ones, metric by metric.
 *
 * <p>Whatever the number of metrics, the probability that one or more is called worse or better where nothing has changed is at most
 * 5 % (Holm), because a build that fails every other night for nothing is soon ignored. The false discovery rate of Benjamini and
 * Hochberg would let one in twenty of the findings be wrong; but people look at each.
 *
 * @param before files of the old runs
 * @param after files of the new ones
 * @param comparable whether nothing differs that must be equal
 * @param differs what must be equal and is not
 * @param settings settings that both sides have, and that differ
 * @param onlyBefore metrics that no new run has
 * @param onlyAfter metrics that no old run has
 * @param leftOut what was in the directories and was not compared, and why
 */
record Comparison(
        List<String> before,
        List<String> after,
        boolean comparable,
        List<Differs> differs,
        List<Differs> settings,
        List<MetricComparison> metrics,
        List<String> onlyBefore,
        List<String> onlyAfter,
        List<String> leftOut) {
    private static final double WRONG = 0.05;

    static Comparison of(Runs before, Runs after) {
        Set<String> old = names(before);
        Set<String> now = names(after);
        List<Judged> judged = old.stream()
                .filter(now::contains)
                .map(name -> Judged.of(name, before.all(), after.all()))
                .toList();
        List<Differs> differs = Differs.between(before.all(), after.all(), ComparedRun::traits);
        List<String> leftOut = new ArrayList<>(before.leftOut());
        leftOut.addAll(after.leftOut());
        return new Comparison(
                files(before),
                files(after),
                differs.isEmpty(),
                differs,
                Differs.between(before.all(), after.all(), ComparedRun::settings),
                compared(judged),
                old.stream().filter(name -> !now.contains(name)).toList(),
                now.stream().filter(name -> !old.contains(name)).toList(),
                leftOut);
    }

    private static List<MetricComparison> compared(List<Judged> all) {
        List<Judged> tested =
                all.stream().filter(each -> each.probability().isPresent()).toList();
        double[] levels = Holm.levels(
                tested.stream().mapToDouble(each -> each.probability().get()).toArray(), WRONG);
        return all.stream()
                .map(each -> each.probability().isEmpty()
                        ? each.unknown()
                        : each.finding(levels[tested.indexOf(each)], WRONG / tested.size()))
                .toList();
    }

    private static Set<String> names(Runs runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.all().forEach(run -> names.addAll(run.metrics().keySet()));
        return names;
    }

    private static List<String> files(Runs runs) {
        return runs.all().stream().map(run -> run.file().toString()).toList();
    }

    List<MetricComparison> of(Finding finding) {
        return metrics.stream().filter(each -> each.finding() == finding).toList();
    }

    /** Whether an interval is of what varied within the one run of each side. */
    boolean isWithinRuns() {
        return metrics.stream().anyMatch(each -> each.basis() == Basis.WITHIN_RUNS);
    }
}
