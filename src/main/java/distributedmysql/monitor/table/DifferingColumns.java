package distributedmysql.monitor.table;

import distributedmysql.history.ColumnDifference;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.KeyDifference.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Of rows that differ, in which columns, and both values. The caller sees to it that the rows do not change meanwhile. Not
 * thread-safe.
 */
final class DifferingColumns {
    private static final int MOST_COLUMNS = 20;

    private final TablePair sides;
    private final int batchSize;

    DifferingColumns(TablePair sides, int batchSize) {
        this.sides = sides;
        this.batchSize = batchSize;
    }

    /**
     * @param keys of rows that are on both sides
     * @param locking what locks the rows on the primary, if anything does
     * @return in the order of the keys
     */
    List<KeyDifference> read(List<Key> keys, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        List<KeyDifference> differences = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i += batchSize) {
            differences.addAll(readBatch(keys.subList(i, Math.min(i + batchSize, keys.size())), locking, until));
        }
        return differences;
    }

    private List<KeyDifference> readBatch(List<Key> keys, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        List<List<Integer>> differing = differing(keys, locking, until);
        Set<Integer> any = new TreeSet<>();
        differing.forEach(places -> places.stream().limit(MOST_COLUMNS).forEach(any::add));
        List<Integer> shown = new ArrayList<>(any);
        boolean values = sides.sql().showsValues() && !shown.isEmpty();
        List<Column> columns = shown.stream().map(sides.sql().columns()::get).toList();
        List<List<ShownValue>> mine = values ? shown(sides.primary(), keys, columns, locking, until) : List.of();
        List<List<ShownValue>> theirs = values ? shown(sides.replica(), keys, columns, "", until) : List.of();

        List<KeyDifference> differences = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            List<ColumnDifference> named = new ArrayList<>();
            for (int place : differing.get(i).stream().limit(MOST_COLUMNS).toList()) {
                Column column = sides.sql().columns().get(place);
                int at = shown.indexOf(place);
                boolean read =
                        values && mine.get(i).size() > at && theirs.get(i).size() > at;
                named.add(
                        read
                                ? ShownValue.difference(
                                        column,
                                        mine.get(i).get(at),
                                        theirs.get(i).get(at))
                                : new ColumnDifference(column.name(), null, null));
            }
            int others = Math.max(0, differing.get(i).size() - MOST_COLUMNS);
            String key = sides.sql().display(keys.get(i));
            differences.add(new KeyDifference(Kind.DIFFERING, key, named, others));
        }
        return differences;
    }

    /** For each key the places of the columns that differ. */
    private List<List<Integer>> differing(List<Key> keys, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        List<List<String>> mine = digests(sides.primary(), keys, locking, until);
        List<List<String>> theirs = digests(sides.replica(), keys, "", until);
        List<List<Integer>> differing = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            List<Integer> places = new ArrayList<>();
            int columns = Math.min(mine.get(i).size(), theirs.get(i).size());
            for (int column = 0; column < columns; column++) {
                if (!mine.get(i).get(column).equals(theirs.get(i).get(column))) {
                    places.add(column);
                }
            }
            differing.add(places);
        }
        return differing;
    }

    private List<List<String>> digests(Session side, List<Key> keys, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        int columns = sides.sql().columns().size();
        return rows(side, sides.sql().columnDigests(keys, locking), keys.size(), until, row -> {
            List<String> digests = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                digests.add(String.valueOf(row.getString(2 + i)));
            }
            return digests;
        });
    }

    private List<List<ShownValue>> shown(
            Session side, List<Key> keys, List<Column> columns, String locking, TableDeadline until)
            throws SQLException, IncompleteException {
        return rows(side, sides.sql().shownColumns(keys, columns, locking), keys.size(), until, row -> {
            List<ShownValue> values = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                values.add(ShownValue.read(row, 2 + 2 * i));
            }
            return values;
        });
    }

    private interface Cells<T> {
        List<T> of(ResultSet row) throws SQLException;
    }

    /** Empty for a key whose row is gone, because somebody has written on the replica itself. */
    private static <T> List<List<T>> rows(Session side, String sql, int keys, TableDeadline until, Cells<T> cells)
            throws SQLException, IncompleteException {
        List<List<T>> rows = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            rows.add(List.of());
        }
        side.select(sql, until, row -> rows.set(row.getInt(1), cells.of(row)));
        return rows;
    }
}
