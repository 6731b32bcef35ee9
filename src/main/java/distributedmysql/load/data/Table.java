package distributedmysql.load.data;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table whose rows each carry an MD5 of their content in the column {@value #MD5}, so that a damaged or half-written
 * row shows wherever it is read. The client computes it ({@link Row#md5Of}): MySQL has no {@code MD5()} from 9.6 on.
 * Immutable.
 *
 * @param columns the content, in order; the first one is the primary key
 * @param keys further keys, as {@code CREATE TABLE} writes them
 */
public record Table(String name, List<Column> columns, List<String> keys) {
    /** The name of the column that holds the MD5 of the others, as 32 lower-case hexadecimal digits. */
    public static final String MD5 = "row_md5";

    /**
     * @param type as {@code CREATE TABLE} writes it
     */
    public record Column(String name, String type) {}

    public Table {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    public String primaryKey() {
        return columns.get(0).name();
    }

    /** The names of all columns, the MD5 last, as a statement lists them. */
    public String columnList() {
        return Stream.concat(columns.stream().map(Column::name), Stream.of(MD5)).collect(Collectors.joining(", "));
    }

    /**
     * @param database quoted
     */
    String createStatement(String database) {
        Stream<String> content = columns.stream().map(column -> column.name() + " " + column.type());
        Stream<String> rest = Stream.concat(
                Stream.of(
                        MD5 + " CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL",
                        "PRIMARY KEY (" + primaryKey() + ")"),
                keys.stream());
        // utf8mb4_bin: the server's default collation differs between versions, and the same rows must compare alike.
        return Stream.concat(content, rest)
                .collect(Collectors.joining(
                        ", ",
                        "CREATE TABLE " + database + "." + name + " (",
                        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"));
    }

    /**
     * One parameter per content column, then the MD5.
     *
     * @param database quoted
     */
    String insertStatement(String database) {
        String parameters = "?, ".repeat(columns.size()) + "?";
        return "INSERT INTO " + database + "." + name + " (" + columnList() + ") VALUES (" + parameters + ")";
    }
}
