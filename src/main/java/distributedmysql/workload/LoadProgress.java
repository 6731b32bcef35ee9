package distributedmysql.workload;

import distributedmysql.topology.TimeLeft;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how far the loading is: when a table is complete, and otherwise at most once a second. Thread-safe. */
final class LoadProgress {
    private static final long SECOND = 1_000_000_000L;

    private final GameData data;
    private final Consumer<String> output;
    private final LongSupplier nanoTime;
    private final long start;
    private final Map<String, Long> done = new HashMap<>();
    private long total;
    private long lastLine;

    LoadProgress(GameData data, Consumer<String> output, LongSupplier nanoTime) {
        this.data = data;
        this.output = output;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastLine = start;
    }

    synchronized void loaded(Table table, long rows) {
        long ofTable = done.merge(table.name(), rows, Long::sum);
        total += rows;
        long now = nanoTime.getAsLong();
        if (ofTable == data.rows(table) || now - lastLine >= SECOND) {
            lastLine = now;
            output.accept(String.format(
                    Locale.ROOT, "data: %s %,d of %,d, %s", table.name(), ofTable, data.rows(table), left(now)));
        }
    }

    private String left(long now) {
        long missing = data.totalRows() - total;
        if (missing == 0) {
            return "all loaded";
        }
        double expected = (now - start) * (double) data.totalRows() / total;
        return TimeLeft.about(Duration.ofNanos(now - start), Duration.ofNanos((long) expected));
    }
}
