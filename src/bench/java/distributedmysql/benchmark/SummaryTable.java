package distributedmysql.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The summaries as text: the median, and the least and the most in brackets where there are several repetitions. */
final class SummaryTable {
    private static final List<String> HEAD = List.of(
            "generator",
            "requests/s",
            "of sysbench's",
            "client µs/request",
            "server µs/request",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "90 % after s",
            "peak MiB",
            "failed");

    private SummaryTable() {}

    static String of(List<Summary> summaries) {
        StringBuilder text = new StringBuilder();
        var byCase = summaries.stream()
                .collect(Collectors.groupingBy(
                        summary -> summary.workload().label() + ", " + summary.connections()
                                + (summary.connections() == 1 ? " connection" : " connections"),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()));
        byCase.forEach((name, group) -> {
            List<List<String>> rows = new ArrayList<>(List.of(HEAD));
            group.forEach(summary -> rows.add(cells(summary)));
            text.append('\n').append(name).append('\n').append(aligned(rows));
        });
        return text.toString();
    }

    private static List<String> cells(Summary summary) {
        return List.of(
                summary.generator().label(),
                cell(summary.requestsPerSecond(), 1, "%,.0f"),
                cell(summary.rateToSysbench(), 1, "%.2f"),
                cell(summary.clientCpuMicrosPerRequest(), 1, "%.1f"),
                cell(summary.serverCpuMicrosPerRequest(), 1, "%.1f"),
                cell(summary.p50Micros(), 1000, "%.2f"),
                cell(summary.p95Micros(), 1000, "%.2f"),
                cell(summary.p99Micros(), 1000, "%.2f"),
                cell(summary.secondsToSteady(), 1, "%.0f"),
                cell(summary.clientPeakMiB(), 1, "%.0f"),
                summary.failed() == null ? "-" : summary.failed().toString());
    }

    private static String cell(Spread spread, double unit, String format) {
        if (spread == null) {
            return "-";
        }
        String median = String.format(Locale.ROOT, format, spread.median() / unit);
        return spread.min() == spread.max()
                ? median
                : median
                        + String.format(
                                Locale.ROOT,
                                " [" + format + " " + format + "]",
                                spread.min() / unit,
                                spread.max() / unit);
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column ->
                                String.format("%" + (column == 0 ? "-" : "") + widths[column] + "s", row.get(column)))
                        .collect(Collectors.joining("  ", "", "\n")))
                .collect(Collectors.joining());
    }
}
