package distributedmysql.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The summaries as text: the median, and the least and the most in brackets where there are several repetitions. */
final class SummaryTable {
    private record Column(String head, Function<Summary, String> cell) {}

    private static final Column GENERATOR =
            new Column("generator", summary -> summary.generator().label());
    private static final Column RATE = spread("requests/s", Summary::requestsPerSecond, 1, "%,.0f");
    private static final Column CLIENT = spread("client µs/request", Summary::clientCpuMicrosPerRequest, 1, "%.1f");
    private static final Column SERVER = spread("server µs/request", Summary::serverCpuMicrosPerRequest, 1, "%.1f");
    private static final Column P50 = millis("p50 ms", Summary::p50Micros);
    private static final Column P95 = millis("p95 ms", Summary::p95Micros);
    private static final Column P99 = millis("p99 ms", Summary::p99Micros);
    private static final Column FAILED = new Column(
            "failed",
            summary -> summary.failed() == null ? "-" : summary.failed().toString());

    private static final List<Column> CLOSED = List.of(
            GENERATOR,
            RATE,
            ratio(Summary::rateToSysbench),
            CLIENT,
            SERVER,
            P50,
            P95,
            P99,
            spread("90 % after s", Summary::secondsToSteady, 1, "%.0f"),
            spread("peak MiB", Summary::clientPeakMiB, 1, "%.0f"),
            FAILED);
    private static final List<Column> OPEN = List.of(
            GENERATOR,
            RATE,
            P50,
            ratio(Summary::p50ToSysbench),
            P95,
            ratio(Summary::p95ToSysbench),
            P99,
            ratio(Summary::p99ToSysbench),
            millis("max ms", Summary::maxMicros),
            CLIENT,
            FAILED);

    private SummaryTable() {}

    static String of(List<Summary> summaries) {
        StringBuilder text = new StringBuilder();
        summaries.stream()
                .collect(Collectors.groupingBy(
                        summary -> summary.plan().name(), LinkedHashMap::new, Collectors.toList()))
                .forEach((name, group) ->
                        text.append('\n').append(name).append('\n').append(table(group)));
        return text.toString();
    }

    private static String table(List<Summary> group) {
        List<Column> columns = group.get(0).plan().targetRate() == null ? CLOSED : OPEN;
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::head).toList());
        group.forEach(summary -> rows.add(
                columns.stream().map(column -> column.cell().apply(summary)).toList()));
        return aligned(rows);
    }

    private static Column ratio(Function<Summary, Spread> value) {
        return spread("of sysbench's", value, 1, "%.2f");
    }

    private static Column millis(String head, Function<Summary, Spread> micros) {
        return spread(head, micros, 1000, "%.2f");
    }

    private static Column spread(String head, Function<Summary, Spread> value, double unit, String format) {
        return new Column(head, summary -> cell(value.apply(summary), unit, format));
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
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        Function<List<String>, Stream<String>> cells = row -> IntStream.range(0, row.size())
                .mapToObj(column -> String.format(
                        Locale.ROOT, "%" + (column == 0 ? "-" : "") + widths[column] + "s", row.get(column)));
        return rows.stream()
                .map(row -> cells.apply(row).collect(Collectors.joining("  ", "", "\n")))
                .collect(Collectors.joining());
    }
}
