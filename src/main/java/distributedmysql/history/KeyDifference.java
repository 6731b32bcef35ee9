package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.config.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One row in which a replica is not equal to its primary.
 *
 * @param key the value of the table's key: {@code 5}, {@code 'a'}, {@code (5, 'a')}, {@code 0x00FF}; for a table without
 *     a key the beginning of the row and how often either side holds it; where keys are not shown, that
 * @param columns of a differing row the columns that differ, in the table's order, at most 20; empty too if they could not
 *     be read while nothing could change the row
 * @param otherColumns how many more columns differ
 */
public record KeyDifference(
        Kind kind,
        String key,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ColumnDifference> columns,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int otherColumns) {
    private static final int COLUMNS_IN_EVIDENCE = 5;

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

    public KeyDifference {
        columns = List.copyOf(columns);
    }

    /** Without columns. */
    public KeyDifference(Kind kind, String key) {
        this(kind, key, List.of(), 0);
    }

    @Override
    public String toString() {
        String what = kind.label() + " " + key;
        if (kind != Kind.DIFFERING) {
            return what + " on the replica";
        }
        return columns.isEmpty() ? what : what + " (" + columnsText() + ")";
    }

    private String columnsText() {
        String first = columns.stream()
                .limit(COLUMNS_IN_EVIDENCE)
                .map(ColumnDifference::toString)
                .collect(Collectors.joining("; "));
        int more = Math.max(0, columns.size() - COLUMNS_IN_EVIDENCE) + otherColumns;
        return first
                + (more == 0 ? "" : "; and " + Plural.of(more, "more column"))
                + (columns.get(0).primary() == null ? "; values not shown" : "");
    }
}
