package distributedmysql.topology;

import java.time.Duration;

/** How long something has taken and how long it will take, in the same words everywhere on the console. */
public final class TimeLeft {
    private static final Duration LEAST_DONE = Duration.ofSeconds(3);
    private static final double LEAST_SHARE = 0.05;

    private TimeLeft() {}

    /** For instance {@code 63 s of about 71 s done, 8 s left}, or {@code 80 s so far, longer than the planned 71 s}. */
    public static String about(Duration done, Duration all) {
        return text(done, "about", all, "longer than the planned ");
    }

    /** For instance {@code 20 s of at most 60 s done, 40 s left}. */
    public static String atMost(Duration done, Duration deadline) {
        return text(done, "at most", deadline, "longer than the allowed ");
    }

    /**
     * By how much of it is done so far. What a first moment says about all of it is not worth saying: without an estimate,
     * for instance {@code 1 s so far}.
     */
    public static String estimated(Duration done, double share) {
        return done.compareTo(LEAST_DONE) < 0 || share < LEAST_SHARE
                ? text(done) + " so far"
                : about(done, Duration.ofMillis(Math.round(done.toMillis() / share)));
    }

    private static String text(Duration done, String bound, Duration all, String passed) {
        // Of whole seconds, as they are shown.
        Duration left = Duration.ofSeconds(seconds(all) - seconds(done));
        return left.isNegative()
                ? text(done) + " so far, " + passed + text(all)
                : text(done) + " of " + bound + " " + text(all) + " done, " + text(left) + " left";
    }

    /** Rounded to seconds; from 2 minutes on in minutes, from 2 hours on in hours. */
    public static String text(Duration duration) {
        long seconds = seconds(duration);
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }

    private static long seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1e3);
    }
}
