package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.config.Plural;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One row in which a replica is not equal to its primary. */
@JsonClassDescription("One row in which the replica differs.")
public record KeyDifference(
        @JsonPropertyDescription("Seen from the primary.") Kind kind,

        @JsonPropertyDescription(
                "Value of the table's key; for a table without a key the beginning of the row and how often "
                        + "either side holds it. Where the settings (tables.show) do not let it be shown, that.")
        String key,

        @JsonPropertyDescription(
                "Of a differing row the columns that differ, 20 at most; absent if it is on one side only, "
                        + "or they could not be read while the row was locked.")
        @JsonRule("minItems: 1")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ColumnDifference> columns,

        @JsonPropertyDescription("How many more columns differ; absent if none.")
        @JsonRule("minimum: 1")
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        int otherColumns) {
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
