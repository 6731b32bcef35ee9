package distributedmysql.mysql;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the framework does on servers, in detail, for {@code -Ddebug}; a logger for each part, which is off otherwise. Nothing of the load
 * is logged. Thread-safe.
 */
public enum DebugLog {
    /** Administrative statements. */
    SQL,
    /** Changes of roles, and what is awaited. */
    REPLICATION,
    FAULTS,
    /** Servers that are started and ended. */
    TOPOLOGY;

    private static final Pattern SECRET = Pattern.compile("(?i)((?:identified\\b.*?\\bby|password\\s*=?)\\s*)'[^']*'");

    private final Logger logger = LoggerFactory.getLogger(loggerName());

    /** Its name in {@code -Ddebug}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String loggerName() {
        return "distributedmysql.debug." + label();
    }

    /** One line; asked for only if this part is logged. Passwords that stand in a statement are hidden. */
    public void say(Supplier<String> line) {
        if (logger.isDebugEnabled()) {
            logger.debug(SECRET.matcher(line.get()).replaceAll("$1'***'"));
        }
    }

    /**
     * Something that was done from then to now.
     *
     * @param startNanos a reading of {@link System#nanoTime()}
     */
    public void took(long startNanos, Supplier<String> line) {
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        say(() -> line.get() + " (" + millis + " ms)");
    }
}
