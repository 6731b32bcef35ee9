package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What the comparison of one table on the primary and on one replica saw.
 *
 * @param table without the database; null for what could not be compared of the database as a whole, because tables could
 *     not be listed: then there is only the reason
 * @param replica the node's name
 * @param rows read on the primary
 * @param chunks key ranges compared; 1 for a table without a key
 * @param differing keys on both sides with other content
 * @param missing rows on the primary that the replica lacks
 * @param extra rows that only the replica has
 * @param firstDifferences the first of those, as many as the settings allow; the counts are exact all the same
 * @param definition how the definitions differ, if they do; then no row was compared
 * @param incomplete why not every row was compared and every difference confirmed, if so; the counts are then at least
 * @param throttledMillis how long the comparison of this table waited for servers that were busy or lagged
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableChecksum(
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
        Optional<String> incomplete,
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
