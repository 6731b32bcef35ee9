package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One row in which a replica is not equal to its primary.
 *
 * @param key the value of the table's key: {@code 5}, {@code 'a'}, {@code (5, 'a')}, {@code 0x00FF}; for a table without
 *     a key the beginning of the row and how often either side holds it
 */
public record KeyDifference(Kind kind, String key) {
    /** In which way, seen from the primary. */
    public enum Kind {
        /** Same key, other content. */
        DIFFERING,
        /** On the primary, not on the replica. */
        MISSING,
        /** On the replica only. */
        EXTRA;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return kind.label() + " " + key;
    }
}
