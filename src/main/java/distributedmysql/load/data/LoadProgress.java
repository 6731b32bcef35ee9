package distributedmysql.load.data;

import distributedmysql.topology.TimeLeft;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how far the loading is: on a line of its own when a table is complete, and otherwise to whoever waits. Thread-safe. */
final class LoadProgress {
    private final GameData data;
    private final Consumer<String> output;
    private final Consumer<String> state;
    private final LongSupplier nanoTime;
    private final long start;
    private final Map<String, Long> done = new HashMap<>();
    private long total;

    /** @param state takes what the next line of the wait says */
    LoadProgress(GameData data, Consumer<String> output, Consumer<String> state, LongSupplier nanoTime) {
        this.data = data;
        this.output = output;
        this.state = state;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    synchronized void loaded(Table table, long rows) {
        long ofTable = done.merge(table.name(), rows, Long::sum);
        total += rows;
        String line = String.format(Locale.ROOT, "%s %,d of %,d, %s", table.name(), ofTable, data.rows(table), left());
        if (ofTable == data.rows(table)) {
            output.accept("data: " + line);
        } else {
            state.accept(line);
        }
    }

    private String left() {
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - start);
        return total == data.totalRows() ? "all loaded" : TimeLeft.estimated(passed, (double) total / data.totalRows());
    }
}
