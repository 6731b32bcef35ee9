package distributedmysql.benchmark;

import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.topology.Replication;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Our comparison of whole tables and pt-table-checksum, in turns, on one large table that is equal on both sides. */
final class TableComparisons {
    private static final Duration REPLICATION_DEADLINE = Duration.ofMinutes(10);
    private static final String TABLE = "sbtest1";

    private final Target target;
    private final int rows;
    private final ComparisonSettings settings;
    private final Consumer<String> progress;

    /**
     * What was measured.
     *
     * @param program null if pt-table-checksum is not installed; then its seconds and the ratio are null too
     * @param ratio our seconds divided by pt-table-checksum's of the same repetition
     */
    record Result(int rows, String program, List<Double> ourSeconds, List<Double> programSeconds, Spread ratio) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%ncomparison of a table of %,d rows: ours %s s; %s",
                    rows,
                    ourSeconds,
                    program == null
                            ? "pt-table-checksum is not installed (Debian, Ubuntu: apt-get install percona-toolkit)"
                            : String.format(
                                    Locale.ROOT,
                                    "%s %s s; ratio %.2f [%.2f %.2f]",
                                    program,
                                    programSeconds,
                                    ratio.median(),
                                    ratio.min(),
                                    ratio.max()));
        }
    }

    TableComparisons(Target target, int rows, ComparisonSettings settings, Consumer<String> progress) {
        this.target = target;
        this.rows = rows;
        this.settings = settings;
        this.progress = progress;
    }

    /** @throws BenchmarkException if one of the two does not find both sides equal */
    Result measure(int repetitions) throws IOException, InterruptedException {
        Optional<PtTableChecksum> program = PtTableChecksum.find(target);
        new SbtestTable(target, rows).recreate();
        Replication.awaitConvergence(target.replicaSet(), REPLICATION_DEADLINE);
        List<Double> ours = new ArrayList<>();
        List<Double> programs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            ours.add(rounded(ours()));
            progress.accept(
                    "table comparison, repetition " + repetition + ": ours " + ours.get(ours.size() - 1) + " s");
            if (program.isPresent()) {
                programs.add(rounded(program.get().compare(TABLE, rows)));
                ratios.add(ours.get(repetition - 1) / programs.get(repetition - 1));
                progress.accept("table comparison, repetition " + repetition + ": pt-table-checksum "
                        + programs.get(repetition - 1) + " s");
            }
        }
        return new Result(
                rows,
                program.map(PtTableChecksum::version).orElse(null),
                ours,
                programs.isEmpty() ? null : programs,
                Spread.of(ratios));
    }

    private double ours() {
        long start = System.nanoTime();
        List<TableChecksum> results =
                new TableComparison(settings).compare(target.replicaSet(), target.database(), TABLE);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (TableChecksum result : results) {
            if (result.differs() || result.incomplete().isPresent() || result.rows() != rows) {
                throw new BenchmarkException("our comparison of " + rows + " equal rows found: " + result);
            }
        }
        return seconds;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 100) / 100.0;
    }
}
