package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.IdSet;
import distributedmysql.config.Plural;
import distributedmysql.report.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A DELETE without WHERE, and what was brought back of the table. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A DELETE without WHERE on a copy of the table players, and what was brought back of it.")
record Rehearsed(
        @JsonPropertyDescription("The table.") String table,

        @JsonPropertyDescription("GTID of the DELETE; absent if it did not come to it.") @Nullable
        String gtid,

        @JsonPropertyDescription("Rows just before it, all of which it deleted.")
        long rows,

        @JsonPropertyDescription("Rows on the server that was recovered to just before it; absent if it was not.")
        @Nullable
        Long recovered,

        @JsonPropertyDescription("Whether these are the same, content and all; absent if nothing was recovered.")
        @Nullable
        Boolean same,

        @JsonPropertyDescription(
                "Keys of rows that were written to the table after the DELETE: for a person to decide about.")
        IdSet writtenAfterwards,

        @JsonPropertyDescription(
                "Those of them that a deleted row had too: what was written afterwards was left there.")
        IdSet conflicts,

        @JsonPropertyDescription("Rows that were brought back; absent if it did not come to it.") @Nullable
        Long broughtBack,

        @JsonPropertyDescription(
                "Whether the table then held each recovered row, but for the conflicts, and what was written afterwards; "
                        + "absent if it did not come to it.")
        @Nullable
        Boolean complete,

        @JsonPropertyDescription("What went wrong; absent if nothing did.") @Nullable
        String problem) {

    /** As far as it came. */
    String figures() {
        if (gtid == null) {
            return "nothing was deleted";
        }
        String deleted = Plural.of(rows, "row") + " deleted by " + gtid;
        return recovered == null || broughtBack == null
                ? deleted + ", nothing was brought back"
                : String.format(
                        Locale.ROOT,
                        "%s, recovered %,d, brought back %,d; written afterwards %s, of them in conflict %s",
                        deleted,
                        recovered,
                        broughtBack,
                        writtenAfterwards,
                        conflicts);
    }

    /** For the console. */
    String line() {
        return "  DELETE without WHERE: " + (problem == null ? "" : Texts.oneLine(problem) + "; ") + figures();
    }
}
