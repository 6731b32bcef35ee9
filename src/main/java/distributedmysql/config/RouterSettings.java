package distributedmysql.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in front of servers that the run starts.
 *
 * @param haproxy the user's own program; empty if it is to be looked for
 */
public record RouterSettings(Kind kind, Optional<Path> haproxy) {
    /** None, as long as nobody asks for one. */
    public static final RouterSettings NONE = new RouterSettings(Kind.NONE, Optional.empty());

    /** What was below {@code embedded} before containers had a router too. */
    static final Map<String, String> FORMER_KEYS =
            Map.of("embedded.haproxy", "router.haproxy", "embedded.router-limit", "router.limit");

    /** Which program it is. */
    public enum Kind {
        NONE,
        HAPROXY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param key of its kind, for instance {@code embedded.router}; all else is the same wherever the servers come from */
    static RouterSettings read(SettingsReader reader, String key) {
        if (reader.text(key, "one of haproxy, none", text -> true).equals("mysql-router")) {
            throw reader.refused(
                    key,
                    "is not there yet, because MySQL Router finds the primary by metadata that only MySQL Shell makes, and"
                            + " with fixed routes it knows only whether a server is reachable, not its role; must be one of"
                            + " haproxy, none");
        }
        return new RouterSettings(
                reader.oneOf(key, Kind.class, Kind::label),
                FilePath.optionalSetting(reader, "router.haproxy", "a program"));
    }

    public boolean isUsed() {
        return kind != Kind.NONE;
    }
}
