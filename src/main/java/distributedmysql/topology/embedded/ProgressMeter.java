package distributedmysql.topology.embedded;

import distributedmysql.topology.TimeLeft;
import java.time.Duration;
import java.util.function.Consumer;

/** Says how far a long step has come and how long is left: at most once a second, and at most once for every 5 %. Not thread-safe. */
final class ProgressMeter {
    private static final long SECOND = 1_000_000_000L;
    private static final int STEP_PERCENT = 5;

    private final String what;
    private final long totalBytes;
    private final Consumer<String> progress;
    private long doneBytes;
    private final long started = System.nanoTime();
    private long lastSaid = started;
    private int nextPercent = STEP_PERCENT;

    ProgressMeter(String what, long totalBytes, Consumer<String> progress) {
        this.what = what;
        this.totalBytes = totalBytes;
        this.progress = progress;
    }

    void advance(long bytes) {
        at(doneBytes + bytes);
    }

    void at(long bytes) {
        doneBytes = bytes;
        // Some servers do not tell how long their answer will be: nothing honest can be said then.
        int percent = totalBytes <= 0 ? 0 : (int) (100 * doneBytes / totalBytes);
        long now = System.nanoTime();
        if (percent >= nextPercent && now - lastSaid >= SECOND) {
            progress.accept(what + ", " + percent + " % (" + (doneBytes >> 20) + " of " + (totalBytes >> 20) + " MiB), "
                    + timeLeft(now));
            lastSaid = now;
            nextPercent = percent - percent % STEP_PERCENT + STEP_PERCENT;
        }
    }

    private String timeLeft(long now) {
        return TimeLeft.estimated(Duration.ofNanos(now - started), (double) doneBytes / totalBytes);
    }
}
