package distributedmysql.comparison;

import distributedmysql.comparison.MetricComparison.Basis;
import distributedmysql.comparison.MetricComparison.Finding;
import distributedmysql.report.Metric;
import distributedmysql.statistics.Blocks;
import distributedmysql.statistics.Effect;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * One metric of both sides on its way to a finding: on the scale of logarithms, because a latency or a rate changes in proportion, and
 * what disturbs it makes it much higher more often than much lower.
 */
final class Judged {
    /** Of an interval: what is wider says nothing. */
    private static final double WIDEST = Math.log(1000);

    private final Metric metric;
    private final double[] before;
    private final double[] after;
    private final Effect effect;
    private final Basis basis;
    private final String reason;

    private Judged(Metric metric, double[] before, double[] after, Evidence evidence) {
        this.metric = metric;
        this.before = before;
        this.after = after;
        this.effect = evidence.effect;
        this.basis = evidence.basis;
        this.reason = evidence.reason;
    }

    /** What there is to judge by, or why there is nothing. */
    private record Evidence(Effect effect, Basis basis, String reason) {
        static Evidence none(String reason) {
            return new Evidence(null, null, reason);
        }
    }

    /** Of a metric that at least one run of each side has. */
    static Judged of(String name, List<ComparedRun> before, List<ComparedRun> after) {
        List<Metric> old = metrics(name, before);
        List<Metric> now = metrics(name, after);
        double[] oldValues = values(old);
        double[] newValues = values(now);
        return new Judged(now.get(now.size() - 1), oldValues, newValues, evidence(old, now));
    }

    private static List<Metric> metrics(String name, List<ComparedRun> runs) {
        return runs.stream()
                .map(run -> run.metrics().get(name))
                .filter(Objects::nonNull)
                .toList();
    }

    private static double[] values(List<Metric> metrics) {
        return metrics.stream().mapToDouble(Metric::value).toArray();
    }

    private static Evidence evidence(List<Metric> old, List<Metric> now) {
        double[] before = values(old);
        double[] after = values(now);
        if (DoubleStream.concat(Arrays.stream(before), Arrays.stream(after)).anyMatch(value -> value <= 0)) {
            return Evidence.none("a value is 0, and there is no ratio to 0");
        }
        if (before.length == 1 && after.length == 1) {
            return withinRuns(old.get(0), now.get(0));
        }
        return Effect.isEnough(before.length, after.length)
                ? evidence(before, after, Basis.RUNS)
                : Evidence.none("three runs in all: no interval");
    }

    private static Evidence withinRuns(Metric old, Metric now) {
        Optional<double[]> before = blocks(old);
        Optional<double[]> after = blocks(now);
        return before.isPresent() && after.isPresent()
                ? evidence(before.get(), after.get(), Basis.WITHIN_RUNS)
                : Evidence.none("one run on each side: no interval");
    }

    private static Optional<double[]> blocks(Metric metric) {
        return metric.series() == null || metric.series().size() < Blocks.LEAST_VALUES
                ? Optional.empty()
                : Optional.of(Blocks.means(metric.series().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))
                        .filter(means -> Arrays.stream(means).allMatch(mean -> mean > 0));
    }

    private static Evidence evidence(double[] before, double[] after, Basis basis) {
        double[] old = logarithms(before);
        double[] now = logarithms(after);
        if (varies(old) || varies(now)) {
            return new Evidence(Effect.of(old, now), basis, null);
        }
        return Evidence.none("the values of a side are all equal: nothing says how they vary");
    }

    private static boolean varies(double[] values) {
        return Arrays.stream(values).distinct().count() > 1;
    }

    private static double[] logarithms(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    /** How likely so large a difference is where there is none; empty if that is not known. */
    Optional<Double> probability() {
        return Optional.ofNullable(effect).map(Effect::p);
    }

    /** Without an interval. */
    MetricComparison unknown() {
        return unknown(reason);
    }

    private MetricComparison unknown(String why) {
        return new MetricComparison(
                metric.name(),
                metric.unit(),
                metric.better(),
                mean(before),
                mean(after),
                percent(Math.log(mean(after) / mean(before))),
                null,
                null,
                null,
                null,
                null,
                Finding.NOT_KNOWN,
                why);
    }

    /**
     * @param level at which it is judged
     * @param strictest the level at which it would be judged if nothing else had changed
     */
    MetricComparison finding(double level, double strictest) {
        double half = effect.half(level);
        double smallest = effect.smallest(strictest);
        if (Math.max(half, smallest) > WIDEST) {
            return unknown("too few runs: not even a difference by a factor of 1,000 would be seen");
        }
        return new MetricComparison(
                metric.name(),
                metric.unit(),
                metric.better(),
                mean(before),
                mean(after),
                percent(effect.difference()),
                percent(effect.difference() - half),
                percent(effect.difference() + half),
                effect.p(),
                percent(smallest),
                basis,
                effect.p() <= level ? direction() : Finding.NO_DIFFERENCE,
                null);
    }

    private Finding direction() {
        boolean higher = effect.difference() > 0;
        return higher == (metric.better() == Metric.Better.HIGHER) ? Finding.BETTER : Finding.WORSE;
    }

    /** Geometric; arithmetic where a value is 0. */
    private static double mean(double[] values) {
        return Arrays.stream(values).allMatch(value -> value > 0)
                ? Math.exp(Arrays.stream(values).map(Math::log).average().orElseThrow())
                : Arrays.stream(values).average().orElseThrow();
    }

    private static double percent(double logarithm) {
        return 100 * Math.expm1(logarithm);
    }
}
