package distributedmysql.gatling;

import distributedmysql.report.StagePlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the console says while a run prepares and runs. Thread-safe. */
final class Progress {
    private final long start = System.nanoTime();
    private Duration left = Duration.ZERO;

    void say(String line) {
        System.out.printf(Locale.ROOT, "[%4d s] %s%n", (System.nanoTime() - start) / 1_000_000_000, line);
    }

    synchronized void plan(List<Step> steps) {
        left = steps.stream().map(Step::expected).reduce(Duration.ZERO, Duration::plus);
    }

    synchronized void begins(StagePlan stage) {
        say(stage.name() + ": " + text(stage.whole()) + " of about " + text(left) + " left");
        left = left.minus(stage.whole());
    }

    private static String text(Duration duration) {
        long seconds = (duration.toMillis() + 500) / 1000;
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
