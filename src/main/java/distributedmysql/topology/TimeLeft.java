package distributedmysql.topology;

import java.time.Duration;

/** How long something has taken and how long it will take, in the same words everywhere on the console. */
public final class TimeLeft {
    private TimeLeft() {}

    /** For instance {@code 63 s of about 71 s done, 8 s left}. */
    public static String about(Duration done, Duration all) {
        return text(done, "about", all);
    }

    /** For instance {@code 20 s of at most 60 s done, 40 s left}. */
    public static String atMost(Duration done, Duration deadline) {
        return text(done, "at most", deadline);
    }

    private static String text(Duration done, String bound, Duration all) {
        // Of whole seconds, as they are shown.
        Duration left = Duration.ofSeconds(seconds(all) - seconds(done));
        return text(done) + " of " + bound + " " + text(all) + " done, "
                + (left.isNegative() ? "it should end soon" : text(left) + " left");
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
