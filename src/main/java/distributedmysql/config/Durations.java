package distributedmysql.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;

/** Durations as HOCON writes them, with the unit required: a bare number of unknown unit is refused. */
public final class Durations {
    private Durations() {}

    static Duration withUnit(String text) {
        if (text.strip().matches("[-+0-9.]*")) {
            throw new IllegalArgumentException("no unit: " + text);
        }
        return ConfigFactory.empty()
                .withValue("d", ConfigValueFactory.fromAnyRef(text))
                .getDuration("d");
    }

    /** With its fractions. */
    public static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** For instance {@code 90s}. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis != 0) {
            return millis / 3_600_000 + "h";
        }
        return millis % 1000 == 0 && millis != 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
