package distributedmysql.benchmark;

import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what sysbench 1.0 prints at its end with {@code --histogram=on}: the histogram, from which every percentile can
 * be taken, and the totals since the last checkpoint.
 */
final class SysbenchReport {
    private static final String HISTOGRAM = "Latency histogram (values are in milliseconds)";
    private static final Pattern BUCKET = Pattern.compile("\\s*(\\d+\\.\\d+) \\|\\**\\s+(\\d+)");
    private static final Pattern TRANSACTIONS =
            Pattern.compile("\\s*transactions:\\s+(\\d+)\\s+\\((\\d+\\.\\d+) per sec\\.\\)");
    private static final Pattern IGNORED = Pattern.compile("\\s*ignored errors:\\s+(\\d+)\\s+\\(.*");
    private static final Pattern MAX = Pattern.compile("\\s*max:\\s+(\\d+\\.\\d+)");

    // At a checkpoint, other threads may count between the resets of the totals and of the histogram: with 500 of
    // them on two processors, 1.2 % of 11 s.
    private static final double MOST_DIFFERENCE = 0.03;

    private SysbenchReport() {}

    /** @throws BenchmarkException if any part of it is missing, or the parts do not agree */
    static ToolReport parse(String output) {
        int start = output.indexOf(HISTOGRAM);
        if (start < 0 || output.indexOf(HISTOGRAM, start + 1) >= 0) {
            throw new BenchmarkException("sysbench: not one \"" + HISTOGRAM + "\" in its output:" + Texts.end(output));
        }
        List<String> lines = output.substring(start).lines().toList();
        TreeMap<Double, Long> buckets = buckets(lines);
        Matcher transactions = theOne(lines, TRANSACTIONS, output);
        long total = Long.parseLong(transactions.group(1));
        long counted = buckets.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0 || Math.abs(counted - total) > total * MOST_DIFFERENCE) {
            throw new BenchmarkException(
                    "sysbench: " + counted + " in its histogram, " + total + " transactions:" + Texts.end(output));
        }
        double max = Double.parseDouble(theOne(lines, MAX, output).group(1));
        return new ToolReport(
                Double.parseDouble(transactions.group(2)),
                Long.parseLong(theOne(lines, IGNORED, output).group(1)),
                new Latencies(
                        percentile(buckets, counted, 50),
                        percentile(buckets, counted, 95),
                        percentile(buckets, counted, 99),
                        Math.round(max * 1000)));
    }

    private static TreeMap<Double, Long> buckets(List<String> lines) {
        TreeMap<Double, Long> buckets = new TreeMap<>();
        for (String line : lines) {
            Matcher bucket = BUCKET.matcher(line);
            if (bucket.matches()) {
                // Neighbouring buckets may be printed as the same number.
                buckets.merge(Double.valueOf(bucket.group(1)), Long.valueOf(bucket.group(2)), Long::sum);
            }
        }
        return buckets;
    }

    private static Matcher theOne(List<String> lines, Pattern pattern, String output) {
        List<Matcher> found =
                lines.stream().map(pattern::matcher).filter(Matcher::matches).toList();
        if (found.size() != 1) {
            throw new BenchmarkException(
                    "sysbench: " + found.size() + " lines like " + pattern + ":" + Texts.end(output));
        }
        return found.get(0);
    }

    /** The nearest rank; the buckets are 1.8 % apart. */
    private static long percentile(TreeMap<Double, Long> buckets, long total, int percent) {
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (var bucket : buckets.entrySet()) {
            seen += bucket.getValue();
            if (seen >= rank) {
                return Math.round(bucket.getKey() * 1000);
            }
        }
        throw new IllegalStateException("rank " + rank + " of " + total);
    }
}
