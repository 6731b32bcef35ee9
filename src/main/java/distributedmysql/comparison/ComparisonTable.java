package distributedmysql.comparison;

import distributedmysql.comparison.MetricComparison.Finding;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the console says of a comparison. */
final class ComparisonTable {
    private static final String ROW = "%-44s %12s %12s %9s  %-20s %8s  %s";

    private ComparisonTable() {}

    static List<String> lines(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("Old: " + side(comparison.before()));
        lines.add("New: " + side(comparison.after()));
        comparison.leftOut().forEach(each -> lines.add("left out: " + each));
        comparable(comparison, lines);
        lines.add(String.format(Locale.ROOT, ROW, "Metric", "old", "new", "change", "interval", "smallest", "finding"));
        comparison.metrics().forEach(metric -> lines.add(row(metric)));
        only(comparison.onlyBefore(), "old", lines);
        only(comparison.onlyAfter(), "new", lines);
        conclusion(comparison, lines);
        return lines;
    }

    private static String side(List<String> files) {
        return Plural.of(files.size(), "run") + ", "
                + (files.size() == 1 ? files.get(0) : files.get(0) + " to " + files.get(files.size() - 1));
    }

    private static void comparable(Comparison comparison, List<String> lines) {
        lines.add(
                comparison.comparable()
                        ? "Comparable: equal simulation, profile, experiments, deployment, processors and server version"
                        : "Not alike, so that not only the servers' work may have changed:");
        comparison.differs().forEach(each -> lines.add("  " + each.text()));
        if (!comparison.settings().isEmpty()) {
            lines.add("Settings that differ:");
            comparison.settings().forEach(each -> lines.add("  " + each.text()));
        }
    }

    private static String row(MetricComparison metric) {
        return String.format(
                        Locale.ROOT,
                        ROW,
                        metric.name(),
                        value(metric.before(), metric.unit()),
                        value(metric.after(), metric.unit()),
                        String.format(Locale.ROOT, "%+.1f %%", metric.changePercent()),
                        metric.lowPercent() == null
                                ? ""
                                : String.format(
                                        Locale.ROOT, "%+.1f to %+.1f %%", metric.lowPercent(), metric.highPercent()),
                        metric.smallestPercent() == null
                                ? ""
                                : String.format(Locale.ROOT, "%.1f %%", metric.smallestPercent()),
                        metric.finding().label() + (metric.reason() == null ? "" : ": " + metric.reason()))
                .stripTrailing();
    }

    static String value(double value, String unit) {
        String digits = value >= 1000 ? "%,.0f" : value >= 100 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, digits, value) + (unit.startsWith("/") ? "" : " ") + unit;
    }

    private static void only(List<String> names, String side, List<String> lines) {
        if (!names.isEmpty()) {
            lines.add("Only in the " + side + " runs: " + String.join("; ", names));
        }
    }

    private static void conclusion(Comparison comparison, List<String> lines) {
        if (comparison.isWithinRuns()) {
            lines.add(
                    "One run on each side: intervals are of what varied within each of the two, and say nothing of how runs"
                            + " differ from each other. Compare directories with several runs to know that.");
        }
        for (Finding finding : List.of(Finding.BETTER, Finding.WORSE)) {
            List<MetricComparison> found = comparison.of(finding);
            if (!found.isEmpty()) {
                lines.add(finding.label() + ": "
                        + found.stream().map(MetricComparison::name).collect(Collectors.joining("; ")));
            }
        }
        int known =
                comparison.metrics().size() - comparison.of(Finding.NOT_KNOWN).size();
        lines.add("Of " + Plural.of(known, "metric") + " that could be judged, "
                + comparison.of(Finding.WORSE).size() + " worse, "
                + comparison.of(Finding.BETTER).size() + " better; 5 % is the probability that one or more of these"
                + " would be called so if nothing had changed");
    }
}
