package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How far the comparison of one table is, in words. Thread-safe. */
final class TableProgress {
    private final String table;
    private final long beginNanos = System.nanoTime();
    private long about;
    private long done;
    private long waitedNanos;
    private String waitsFor = "";

    TableProgress(String table) {
        this.table = table;
    }

    /**
     * Begins, or begins again.
     *
     * @param rows of the table, as the server estimates them; 0 if it does not know
     */
    synchronized void expect(long rows) {
        about = rows;
        done = 0;
    }

    synchronized void compared(long rows) {
        done += rows;
    }

    /** @param why empty when it goes on */
    synchronized void waits(String why) {
        waitsFor = why;
    }

    synchronized void waited(long nanos) {
        waitedNanos += nanos;
    }

    synchronized Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    /** One line, without the replicas' lag. */
    synchronized String line() {
        String rows = about > done
                ? String.format(
                        Locale.ROOT,
                        "%,d of about %,d %s (%d %%)%s",
                        done,
                        about,
                        Plural.noun(about, "row"),
                        100 * done / about,
                        left())
                : String.format(Locale.ROOT, "%,d %s", done, Plural.noun(done, "row"));
        String waits = waitsFor.isEmpty() ? "" : "waits, because " + waitsFor + "; ";
        String waited = waitedNanos == 0 ? "" : "; waited " + text(waited()) + " so far";
        return "comparing " + table + ": " + waits + rows + waited;
    }

    private String left() {
        if (done == 0) {
            return "";
        }
        double nanosPerRow = (System.nanoTime() - beginNanos - waitedNanos) / (double) done;
        return ", about " + text(Duration.ofNanos((long) (nanosPerRow * (about - done)))) + " left";
    }

    static String text(Duration duration) {
        long seconds = (duration.toMillis() + 500) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 120 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60.0);
    }

    static String seconds(Optional<Duration> lag) {
        return lag.map(known -> String.format(Locale.ROOT, "%.1f s", known.toMillis() / 1000.0))
                .orElse("unknown");
    }
}
