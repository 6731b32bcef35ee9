package distributedmysql.monitor.table;

import distributedmysql.config.Show;
import distributedmysql.monitor.table.TableDefinition.UniqueKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements that read one table by its unique key, the same on every server. Immutable. */
final class TableSql {
    static final String HIDDEN_KEY = "(key not shown)";

    private final String from;
    private final List<Column> key;
    private final List<Column> columns;
    private final Show show;
    private final String keyExpressions;
    private final String keyColumns;
    private final String digest;

    TableSql(String database, String table, TableDefinition definition, UniqueKey key, Show show) {
        this.from = " FROM " + tableName(database, table) + " FORCE INDEX (" + Column.quote(key.index()) + ")";
        this.key = key.columns();
        this.columns = definition.columns();
        this.show = show;
        this.keyExpressions = joined(this.key, Column::keyExpression);
        this.keyColumns = joined(this.key, Column::quoted);
        this.digest = digest(definition);
    }

    static String tableName(String database, String table) {
        return Column.quote(database) + "." + Column.quote(table);
    }

    /**
     * The whole row as text, injectively: lengths before what could hold a comma. NULL if a column's is: CONCAT_WS would
     * skip that column.
     */
    static String canonicalRow(TableDefinition definition) {
        return definition.columns().stream()
                .map(Column::canonical)
                .collect(Collectors.joining(", ',', ", "CONCAT(", ")"));
    }

    /** SHA-256, because MD5() and SHA1() are gone from MySQL 9.6. */
    static String digest(TableDefinition definition) {
        return "SHA2(" + canonicalRow(definition) + ", 256)";
    }

    private static String joined(List<Column> columns, Function<Column, String> form) {
        return columns.stream().map(form).collect(Collectors.joining(", "));
    }

    int keySize() {
        return key.size();
    }

    boolean keyEqualityIsIdentity() {
        return key.stream().allMatch(Column::equalityIsIdentity);
    }

    List<Column> columns() {
        return columns;
    }

    boolean showsValues() {
        return show.showsValues();
    }

    /** For people; not the key itself where keys are not to be shown. */
    String display(Key value) {
        if (!show.showsKeys()) {
            return HIDDEN_KEY;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < key.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(key.get(i).display(value.values().get(i)));
        }
        return key.size() == 1 ? text.toString() : "(" + text + ")";
    }

    /**
     * Rows of the range, and the exclusive or of their digests: 256 bits. It would cancel out for two identical rows,
     * but the key is part of the row, so there are none. BIT_XOR would skip a row without a digest: with a digest of
     * something unique the sums differ, and the rows are looked at one by one.
     */
    String checksum(Key.Range range) {
        return "SELECT COUNT(*), HEX(BIT_XOR(UNHEX(COALESCE(" + digest + ", SHA2(UUID(), 256)))))" + from
                + where(range);
    }

    /** The key of the {@code rows}-th row after {@code low}: an offset within one chunk only. */
    String boundary(Optional<Key> low, long rows) {
        return "SELECT " + keyExpressions + from + where(new Key.Range(low, Optional.empty())) + " ORDER BY "
                + keyColumns + " LIMIT 1 OFFSET " + (rows - 1);
    }

    /** Keys and digests of the range's first rows, in the index's order. */
    String page(Key.Range range, int limit) {
        return "SELECT " + keyExpressions + ", " + digest + from + where(range) + " ORDER BY " + keyColumns + " LIMIT "
                + limit;
    }

    /**
     * For each key its place in the list, and the key and digest of the row that the server holds under it, if any.
     * One point look-up per key, so that nothing but those keys (or, where absent, their gaps) is ever locked, and the
     * server's collation says what is equal.
     */
    String lookup(List<Key> keys, String locking) {
        return lookup(keys, keyExpressions + ", " + digest, locking);
    }

    /** For each key its place in the list, and a digest of each column of the row, which must not be too long to be read. */
    String columnDigests(List<Key> keys, String locking) {
        return lookup(keys, joined(columns, Column::valueDigest), locking);
    }

    /** For each key its place in the list, and what is shown of these columns of the row: two columns of the result each. */
    String shownColumns(List<Key> keys, List<Column> some, String locking) {
        return lookup(keys, joined(some, Column::shownExpression), locking);
    }

    private String lookup(List<Key> keys, String what, String locking) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            sql.append(i == 0 ? "(" : " UNION ALL (")
                    .append("SELECT " + i + ", " + what + from + " WHERE ")
                    .append(equal(keys.get(i), key.size()))
                    .append(locking)
                    .append(')');
        }
        return sql.toString();
    }

    /** How many keys a look-up should hold at most, so that its text stays far below a packet. */
    int lookupSize(int most) {
        return Math.max(1, Math.min(most, (1 << 18) / (digest.length() + keyExpressions.length())));
    }

    private String where(Key.Range range) {
        String low = range.low().map(value -> beyond(value, ">", "")).orElse("");
        String high = range.high()
                .map(value -> beyond(value, "<", " OR (" + equal(value, key.size()) + ")"))
                .orElse("");
        return (low.isEmpty() && high.isEmpty() ? "" : " WHERE ")
                + low
                + (low.isEmpty() || high.isEmpty() ? "" : " AND ")
                + high;
    }

    /** Written out, because the optimizer makes no range of {@code (a, b) > (1, 2)}. */
    private String beyond(Key value, String comparison, String also) {
        StringBuilder sql = new StringBuilder("(");
        for (int i = 0; i < key.size(); i++) {
            sql.append(i == 0 ? "(" : " OR (")
                    .append(i == 0 ? "" : equal(value, i) + " AND ")
                    .append(key.get(i).quoted() + " " + comparison + " " + literal(value, i))
                    .append(')');
        }
        return sql.append(also).append(')').toString();
    }

    private String equal(Key value, int columns) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            sql.append(i == 0 ? "" : " AND ").append(key.get(i).quoted() + " = " + literal(value, i));
        }
        return sql.toString();
    }

    private String literal(Key value, int column) {
        return key.get(column).literal(value.values().get(column));
    }
}
