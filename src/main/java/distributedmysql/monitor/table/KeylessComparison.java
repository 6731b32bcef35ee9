package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import distributedmysql.config.Show;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.mysql.TopologyException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a table without a usable key as a multiset of whole rows: equal rows count. Not thread-safe.
 *
 * <p>One scan per side sums the rows up in 4,096 groups by the beginning of their digest; only the rows of groups that
 * are not equal are looked at one by one, a bounded number of them at a time.
 */
final class KeylessComparison {
    private static final int ROWS_AT_ONCE = 50_000;
    private static final int DIGESTS_AT_ONCE = 500;
    private static final int SHOWN_BYTES = 100;
    /** ER_DBACCESS_DENIED_ERROR. */
    private static final int NOT_ALLOWED = 1044;
    // By place: a column of the table would take precedence over an alias of the same name.
    private static final String BY_FIRST = " GROUP BY 1";

    private final Session primary;
    private final Session replica;
    private final Findings findings;
    private final TableDeadline deadline;
    private final Duration lockTime;
    private final Show show;
    private final Pace pace;
    private final String table;
    private final String row;
    private final String digest;

    /** Rows of one group, and the sum of 64 further bits of their digests: a sum, because equal rows must not cancel out. */
    private record Group(long rows, String sum) {}

    /**
     * Equal rows.
     *
     * @param shown the beginning of one of them
     * @param bytes how long the whole is
     */
    private record Rows(long count, String shown, long bytes) {}

    /**
     * @param exact whether both sides were read at one position for certain
     */
    private record Round(Map<String, Rows> onPrimary, Map<String, Rows> onReplica, boolean exact, Duration took) {
        Set<String> differing() {
            Set<String> digests = new HashSet<>(onPrimary.keySet());
            digests.addAll(onReplica.keySet());
            digests.removeIf(each -> count(onPrimary, each) == count(onReplica, each));
            return digests;
        }

        static long count(Map<String, Rows> side, String digest) {
            return side.containsKey(digest) ? side.get(digest).count() : 0;
        }
    }

    KeylessComparison(
            Session primary,
            Session replica,
            String table,
            TableDefinition definition,
            Findings findings,
            TableDeadline deadline,
            ComparisonSettings settings,
            Pace pace) {
        this.primary = primary;
        this.replica = replica;
        this.findings = findings;
        this.deadline = deadline;
        this.lockTime = settings.lockTime();
        this.show = settings.show();
        this.pace = pace;
        this.table = table;
        this.row = TableSql.canonicalRow(definition);
        this.digest = TableSql.digest(definition);
    }

    void compare() throws SQLException, IncompleteException {
        pause();
        Map<String, Group> onPrimary = groups(primary);
        replica.awaitPosition(GtidPosition.of(primary));
        Map<String, Group> onReplica = groups(replica);
        Set<String> prefixes = new HashSet<>(onPrimary.keySet());
        prefixes.addAll(onReplica.keySet());
        List<String> some = new ArrayList<>();
        long rows = 0;
        for (String prefix : prefixes) {
            Group mine = onPrimary.getOrDefault(prefix, new Group(0, ""));
            Group theirs = onReplica.getOrDefault(prefix, new Group(0, ""));
            if (!mine.equals(theirs)) {
                some.add(prefix);
                rows += Math.max(mine.rows(), theirs.rows());
            }
            if (rows >= ROWS_AT_ONCE) {
                settle(some);
                some.clear();
                rows = 0;
            }
        }
        settle(some);
        findings.compared(onPrimary.values().stream().mapToLong(Group::rows).sum());
    }

    /** Only before the table is read: that is one statement. */
    private void pause() throws IncompleteException {
        Map<AwaitedReplica, String> inVain = pace.pause(primary.node(), List.of(replica.awaited()));
        if (inVain.containsKey(replica.awaited())) {
            throw new IncompleteException(inVain.get(replica.awaited()));
        }
    }

    private Map<String, Group> groups(Session side) throws SQLException, IncompleteException {
        Map<String, Group> groups = new HashMap<>();
        side.select(
                "SELECT LEFT(" + digest + ", 3), COUNT(*), SUM(CAST(CONV(SUBSTRING(" + digest
                        + ", 4, 16), 16, 10) AS UNSIGNED)) FROM " + table + BY_FIRST,
                found -> groups.put(found.getString(1), new Group(found.getLong(2), found.getString(3))));
        if (groups.containsKey(null)) {
            throw limited(side);
        }
        return groups;
    }

    /** Without a key it cannot be said which row of the other side it is that cannot be read on this one. */
    private static IncompleteException limited(Session side) {
        return new IncompleteException("rows of a table without a key cannot be compared, because of a limit of "
                + side.node() + ": " + side.limitHit().orElse("a row without a digest"));
    }

    private void settle(List<String> prefixes) throws SQLException, IncompleteException {
        String where = "LEFT(" + digest + ", 3)" + in(prefixes);
        Duration took = null;
        while (!prefixes.isEmpty()) {
            if (deadline.passed()) {
                throw new IncompleteException("deadline passed before differences could be confirmed in a table without"
                        + " a key: it takes " + took.toMillis() + " ms to read on both sides, and the lock time is "
                        + lockTime.toMillis() + " ms");
            }
            boolean lock = took != null && took.compareTo(lockTime) < 0;
            Round round = lock ? lockedRound(where) : round(where, deadline);
            Set<String> differing = round.differing();
            if (round.exact()) {
                differing.forEach(each -> record(each, round));
            }
            if (round.exact() || differing.isEmpty()) {
                return;
            }
            if (differing.size() <= DIGESTS_AT_ONCE) {
                where = digest + in(differing);
            }
            took = round.took();
        }
    }

    private static String in(Iterable<String> hexadecimal) {
        return " IN ('" + String.join("', '", hexadecimal) + "')";
    }

    /** Exact if no transaction became visible on the primary from beginning to end. */
    private Round round(String where, TableDeadline until) throws SQLException, IncompleteException {
        long begin = System.nanoTime();
        GtidPosition before = GtidPosition.of(primary);
        Map<String, Rows> onPrimary = rows(primary, where, until);
        GtidPosition after = GtidPosition.of(primary);
        if (!replica.reached(after, until)) {
            throw new IncompleteException("time is up while waiting for the replica to reach the primary's position");
        }
        Map<String, Rows> onReplica = rows(replica, where, until);
        boolean exact = GtidPosition.of(primary).isStillAt(before);
        return new Round(onPrimary, onReplica, exact, Duration.ofNanos(System.nanoTime() - begin));
    }

    /**
     * The same while nobody can write to the table: without a key there are no rows to lock but all of them, and locking
     * those one after the other could end in a deadlock with the writers.
     */
    private Round lockedRound(String where) throws SQLException, IncompleteException {
        primary.execute("SET SESSION lock_wait_timeout = 1");
        try {
            primary.execute("LOCK TABLES " + table + " READ");
            Round round = round(where, deadline.orIn(lockTime));
            return new Round(round.onPrimary(), round.onReplica(), true, round.took());
        } catch (SQLException e) {
            if (e.getErrorCode() == NOT_ALLOWED) {
                throw new IncompleteException("rows of a table without a key seem to differ while it is written to, and"
                        + " to settle that, the user needs the privilege LOCK TABLES: " + TopologyException.reason(e));
            }
            // 1205: a writer did not end its transaction in time.
            if (e.getErrorCode() != 1205) {
                throw e;
            }
        } catch (IncompleteException e) {
            if (deadline.passed()) {
                throw e;
            }
        } finally {
            primary.end("UNLOCK TABLES");
            primary.end("SET SESSION lock_wait_timeout = " + Session.LOCK_WAIT_SECONDS);
        }
        return round(where, deadline);
    }

    private Map<String, Rows> rows(Session side, String where, TableDeadline until)
            throws SQLException, IncompleteException {
        Map<String, Rows> rows = new HashMap<>();
        side.select(
                "SELECT " + digest + ", COUNT(*), " + sample() + " FROM " + table + " WHERE " + where + BY_FIRST,
                until,
                found -> rows.put(
                        found.getString(1), new Rows(found.getLong(2), shown(found.getBytes(3)), found.getLong(4))));
        if (side.limitHit().isPresent()) {
            throw limited(side);
        }
        return rows;
    }

    private String sample() {
        return show.showsValues()
                ? "ANY_VALUE(LEFT(" + row + ", " + SHOWN_BYTES + ")), ANY_VALUE(LENGTH(" + row + "))"
                : "'', 0";
    }

    private static String shown(byte[] row) {
        return new String(row, StandardCharsets.UTF_8)
                .codePoints()
                .mapToObj(each -> Character.isISOControl(each) ? "\uFFFD" : Character.toString(each))
                .collect(Collectors.joining());
    }

    private void record(String each, Round round) {
        long mine = Round.count(round.onPrimary(), each);
        long theirs = Round.count(round.onReplica(), each);
        Rows sample = (mine > 0 ? round.onPrimary() : round.onReplica()).get(each);
        String cut = sample.bytes() > SHOWN_BYTES
                ? "… (" + SHOWN_BYTES + " of " + Plural.of(sample.bytes(), "byte") + ")"
                : "";
        String which = show.showsValues() ? "row " + sample.shown() + cut : "a row that is not shown";
        findings.difference(
                new KeyDifference(
                        mine > theirs ? Kind.MISSING : Kind.EXTRA,
                        which + " (" + mine + " on the primary, " + theirs + " on the replica)"),
                Math.abs(mine - theirs));
    }
}
