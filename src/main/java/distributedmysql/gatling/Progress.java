package distributedmysql.gatling;

import distributedmysql.report.StagePlan;
import distributedmysql.topology.TimeLeft;
import distributedmysql.topology.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the console says while a run prepares and runs. Thread-safe. */
final class Progress {
    /** No wait is silent for longer. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private final long start = System.nanoTime();
    private Duration all = Duration.ZERO;
    private Duration done = Duration.ZERO;
    private Wait step;

    void say(String line) {
        System.out.printf(Locale.ROOT, "[%4d s] %s%n", (System.nanoTime() - start) / 1_000_000_000, line);
    }

    synchronized void plan(List<Step> steps) {
        all = steps.stream().map(Step::expected).reduce(Duration.ZERO, Duration::plus);
    }

    synchronized void begins(StagePlan stage) {
        say(stage.name() + ": takes " + TimeLeft.text(stage.whole()) + "; of the run, " + TimeLeft.about(done, all));
        begins(Wait.about(stage.name(), stage.whole()), stage.whole());
    }

    /** A step that is no stage. */
    synchronized void begins(String name, Duration expected) {
        Wait wait = expected.isZero() ? Wait.until(name, "until it is done") : Wait.about(name, expected);
        begins(wait, expected);
    }

    private void begins(Wait next, Duration expected) {
        ends();
        step = next;
        done = done.plus(expected);
    }

    /** What began last has ended. */
    synchronized void ends() {
        if (step != null) {
            step.close();
            step = null;
        }
    }
}
