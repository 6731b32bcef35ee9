package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is seen of one table on one replica. Used by one thread at a time; only the reason is read by others. */
final class Findings {
    private final String replica;
    private final int maxNamedKeys;
    private final List<KeyDifference> first = new ArrayList<>();
    private long rows;
    private long chunks;
    private long differing;
    private long missing;
    private long extra;
    private long unreadable;
    private String firstUnreadable;
    private String definition;
    private volatile String incomplete;

    Findings(String replica, int maxNamedKeys) {
        this.replica = replica;
        this.maxNamedKeys = maxNamedKeys;
    }

    void compared(long chunkRows) {
        rows += chunkRows;
        chunks++;
    }

    void difference(KeyDifference found) {
        difference(found, 1);
    }

    void difference(KeyDifference found, long count) {
        switch (found.kind()) {
            case DIFFERING -> differing += count;
            case MISSING -> missing += count;
            case EXTRA -> extra += count;
        }
        if (first.size() < maxNamedKeys) {
            first.add(found);
        }
    }

    /** How many more differences will be named. */
    int stillNamed() {
        return maxNamedKeys - first.size();
    }

    /**
     * A row that is on both sides and cannot be compared; the others can.
     *
     * @param why of the first one; with the row's key
     */
    void unreadable(String why) {
        if (unreadable++ == 0) {
            firstUnreadable = why;
        }
    }

    boolean hasUnreadable() {
        return unreadable > 0;
    }

    boolean hasDifference() {
        return differing + missing + extra > 0 || definition != null;
    }

    void definitionDiffers(String how) {
        definition = how;
    }

    void incomplete(String reason) {
        if (incomplete == null) {
            incomplete = reason;
        }
    }

    boolean isIncomplete() {
        return incomplete != null;
    }

    /** @param throttled what the throttle waited for this table */
    TableChecksum result(String database, String table, Duration throttled) {
        return new TableChecksum(
                database,
                table,
                replica,
                rows,
                chunks,
                differing,
                missing,
                extra,
                first,
                Optional.ofNullable(definition),
                Optional.ofNullable(incomplete).or(this::unreadable),
                throttled.toMillis());
    }

    private Optional<String> unreadable() {
        return hasUnreadable()
                ? Optional.of(Plural.of(unreadable, "row") + " cannot be compared, because of a limit of"
                        + " a server; the first: " + firstUnreadable)
                : Optional.empty();
    }
}
