package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the comparison of one table on the primary and on one replica saw. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonClassDescription("One table on the primary and on one replica; or, without a table, why not all tables of "
        + "the database could be listed there.")
@JsonRule("anyOf: [{required: ['table']}, {required: ['incomplete']}]")
public record TableChecksum(
        @JsonPropertyDescription("Name of the database.") String database,

        @JsonPropertyDescription(
                "Name of the table; absent if this is about the database as a whole: then incomplete says why.")
        @Nullable
        String table,

        @JsonPropertyDescription("Name of the replica.") String replica,

        @JsonPropertyDescription("Rows read on the primary.")
        long rows,

        @JsonPropertyDescription("Key ranges that were compared; 1 for a table without a key.")
        long chunks,

        @JsonPropertyDescription("Keys on both sides with other content.")
        long differing,

        @JsonPropertyDescription("Rows of the primary that the replica lacks.")
        long missing,

        @JsonPropertyDescription("Rows that only the replica has.")
        long extra,

        @JsonPropertyDescription("The first of those; tables.named-keys of the settings says how many at most.")
        List<KeyDifference> firstDifferences,

        @JsonPropertyDescription(
                "How the definitions of the tables differ; no row was compared then. Absent if they do not.")
        Optional<String> definition,

        @JsonPropertyDescription(
                "Why not everything was compared, so that the counts are at least; with the server, and the "
                        + "key, where a limit such as max_allowed_packet is the reason. Absent if everything was.")
        Optional<String> incomplete,

        @JsonPropertyDescription("How long the comparison of this table waited, because a server was busy or a replica "
                + "lagged (tables.throttle of the settings), in milliseconds.")
        long throttledMillis) {

    public TableChecksum {
        firstDifferences = List.copyOf(firstDifferences);
    }

    /** Of a table for which nothing was waited for. */
    public TableChecksum(
            String database,
            String table,
            String replica,
            long rows,
            long chunks,
            long differing,
            long missing,
            long extra,
            List<KeyDifference> firstDifferences,
            Optional<String> definition,
            Optional<String> incomplete) {
        this(
                database,
                table,
                replica,
                rows,
                chunks,
                differing,
                missing,
                extra,
                firstDifferences,
                definition,
                incomplete,
                0);
    }

    /** The same, of which no difference counts, because the table could not be compared. */
    public TableChecksum notComparable(String reason) {
        return new TableChecksum(
                database,
                table,
                replica,
                rows,
                chunks,
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.of(reason),
                throttledMillis);
    }

    /** What it is about, for people. */
    public String where() {
        return (table == null ? "database " + database : database + "." + table) + " on " + replica;
    }

    public long differences() {
        return differing + missing + extra;
    }

    /** True if the replica is certainly not equal to its primary. */
    public boolean differs() {
        return differences() > 0 || definition.isPresent();
    }
}
