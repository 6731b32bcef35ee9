package distributedmysql.monitor.table;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table as one server defines it, as far as its content depends on it.
 *
 * @param created when, in whole seconds: on one server, a table that took another's place is another one
 * @param columns all, generated and invisible ones too
 * @param keys the unique keys that can be ranged over, the primary key first
 */
record TableDefinition(String engine, String created, List<Column> columns, List<UniqueKey> keys) {

    /** A unique index without a NULL, a prefix or an expression. */
    record UniqueKey(String index, List<Column> columns) {
        @Override
        public String toString() {
            return columns.stream().map(Column::quoted).collect(Collectors.joining(", ", index + " (", ")"));
        }
    }

    /** One column of an index; without a column where the index is on an expression. */
    private record Part(String index, String column, boolean usable) {}

    /**
     * Empty if the server has no such table.
     *
     * @throws SQLException also if the user may not read all of its columns
     */
    static Optional<TableDefinition> read(Session session, String database, String table)
            throws SQLException, IncompleteException {
        try (LockedTable locked = LockedTable.lock(session, database, table)) {
            return locked.definition();
        }
    }

    /** Empty if it is a view. The table must be locked, otherwise the parts could be of different definitions. */
    static Optional<TableDefinition> ofLocked(Session session, String database, String table)
            throws SQLException, IncompleteException {
        String where = " WHERE TABLE_SCHEMA = " + text(database) + " AND TABLE_NAME = " + text(table);
        List<Map.Entry<String, String>> tables = session.select(
                "SELECT ENGINE, CREATE_TIME FROM information_schema.TABLES" + where + " AND TABLE_TYPE = 'BASE TABLE'",
                row -> Map.entry(String.valueOf(row.getString(1)), String.valueOf(row.getString(2))));
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = session.select(
                "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME"
                        + " FROM information_schema.COLUMNS" + where + " ORDER BY ORDINAL_POSITION",
                TableDefinition::column);
        List<Part> parts = session.select(
                "SELECT INDEX_NAME, COLUMN_NAME, SUB_PART IS NULL AND NULLABLE = '' AND IS_VISIBLE = 'YES'"
                        + " FROM information_schema.STATISTICS" + where
                        + " AND NON_UNIQUE = 0 ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX",
                row -> new Part(row.getString(1), row.getString(2), row.getBoolean(3)));
        return Optional.of(
                new TableDefinition(tables.get(0).getKey(), tables.get(0).getValue(), columns, keys(columns, parts)));
    }

    /** The tables, not the views, of a database. */
    static List<String> tables(Session session, String database) throws SQLException, IncompleteException {
        return session.select(
                "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + text(database)
                        + " AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME",
                row -> row.getString(1));
    }

    /** How many rows a table has, about; 0 if the server does not know. */
    static long estimatedRows(Session session, String database, String table) throws SQLException, IncompleteException {
        List<Long> rows = session.select(
                "SELECT COALESCE(TABLE_ROWS, 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + text(database)
                        + " AND TABLE_NAME = " + text(table),
                row -> row.getLong(1));
        return rows.isEmpty() ? 0 : rows.get(0);
    }

    static boolean databaseExists(Session session, String database) throws SQLException, IncompleteException {
        String sql = "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = " + text(database);
        return session.one(sql, row -> row.getLong(1)) > 0;
    }

    private static String text(String value) {
        return "_utf8mb4 x'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'";
    }

    private static Column column(ResultSet row) throws SQLException {
        String type = row.getString(2).toLowerCase(java.util.Locale.ROOT);
        // 8.0.19 dropped the display width of whole numbers.
        String full = row.getString(3).replaceFirst("^((?:tiny|small|medium|big)?int|year)\\(\\d+\\)", "$1");
        return new Column(row.getString(1), type, full, renamed(row.getString(4)), renamed(row.getString(5)));
    }

    /** 8.0.28 and 8.0.30 renamed utf8 to utf8mb3, first the character set and then its collations. */
    private static String renamed(String characterSetOrCollation) {
        return characterSetOrCollation == null ? null : characterSetOrCollation.replaceFirst("^utf8(?=_|$)", "utf8mb3");
    }

    private static List<UniqueKey> keys(List<Column> columns, List<Part> parts) {
        Map<String, Column> byName = columns.stream().collect(Collectors.toMap(Column::name, Function.identity()));
        Map<String, List<Part>> indexes =
                parts.stream().collect(Collectors.groupingBy(Part::index, LinkedHashMap::new, Collectors.toList()));
        List<UniqueKey> keys = new ArrayList<>();
        indexes.forEach((index, itsParts) -> {
            if (itsParts.stream()
                    .allMatch(part -> part.usable()
                            && byName.containsKey(part.column())
                            && byName.get(part.column()).canBeKey())) {
                keys.add(new UniqueKey(
                        index,
                        itsParts.stream().map(part -> byName.get(part.column())).toList()));
            }
        });
        return keys;
    }

    /** The key to compare by; empty if none can be used. */
    Optional<UniqueKey> key() {
        return keys.stream().findFirst();
    }

    /** The first difference to a replica's definition that content can depend on; index definitions do not count. */
    Optional<String> differenceTo(TableDefinition other, String otherNode) {
        Map<String, String> theirs = signatures(other);
        for (Map.Entry<String, String> mine : signatures(this).entrySet()) {
            String type = theirs.remove(mine.getKey());
            if (type == null) {
                return Optional.of("column " + mine.getKey() + " is on the primary, not on " + otherNode);
            }
            if (!type.equals(mine.getValue())) {
                return Optional.of("column " + mine.getKey() + " is " + mine.getValue() + " on the primary, " + type
                        + " on " + otherNode);
            }
        }
        return theirs.keySet().stream()
                .findFirst()
                .map(name -> "column " + name + " is on " + otherNode + ", not on the primary")
                .or(() -> key().filter(key -> !other.keys.contains(key))
                        .map(key -> "the key " + key + " of the primary is not on " + otherNode));
    }

    private static Map<String, String> signatures(TableDefinition definition) {
        Map<String, String> signatures = new LinkedHashMap<>();
        for (Column column : definition.columns) {
            String collation = Objects.requireNonNullElse(column.collation(), "");
            signatures.put(column.name(), (column.fullType() + " " + collation).strip());
        }
        return signatures;
    }
}
