package distributedmysql.mysql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MySQL's name for one transaction, the same on every server.
 *
 * @param source the UUID of the server that it was committed on first, in lower case; with a tag, {@code uuid:tag}
 * @param number from 1
 */
public record Gtid(String source, long number) {
    private static final Pattern TEXT = Pattern.compile("(" + GtidSet.SOURCE + "):(\\d{1,18})");

    /**
     * As a server writes it: {@code uuid:number} or {@code uuid:tag:number}.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static Gtid parse(String text) {
        Matcher matcher = TEXT.matcher(GtidSet.normal(text));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no GTID; must be uuid:number, or uuid:tag:number since MySQL 8.4");
        }
        return new Gtid(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return source + ":" + number;
    }
}
