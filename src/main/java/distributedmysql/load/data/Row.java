package distributedmysql.load.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One row of a {@link Table}. Immutable.
 *
 * @param content the values in the order of the table's columns: {@link Long}s, texts, {@link LocalDateTime}s and nulls
 * @param md5 as stored beside the content, or as it is to be stored
 */
public record Row(List<Object> content, String md5) {
    /** As MySQL writes a {@code DATETIME(6)}: always six digits after the point. */
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    public Row {
        content = Collections.unmodifiableList(new ArrayList<>(content));
    }

    /** A new row with the right MD5. */
    static Row of(Object... content) {
        List<Object> values = Arrays.asList(content);
        return new Row(values, md5Of(values));
    }

    /**
     * The current row of a result that has all columns of the table.
     *
     * @throws SQLException if the result lacks a column
     */
    public static Row read(Table table, ResultSet result) throws SQLException {
        List<Object> content = new ArrayList<>();
        for (Table.Column column : table.columns()) {
            Object value = result.getObject(column.name());
            // INT comes as Integer; generated rows have Long everywhere, and rows must compare.
            content.add(value instanceof Integer number ? Long.valueOf(number) : value);
        }
        return new Row(content, result.getString(Table.MD5));
    }

    /** Whether the stored MD5 is that of the content. */
    public boolean isIntact() {
        return md5Of(content).equals(md5);
    }

    /**
     * The MD5 of {@link #canonical}, as 32 lower-case hexadecimal digits.
     *
     * @throws IllegalArgumentException if a value is of a type that has no canonical form here
     */
    public static String md5Of(List<?> content) {
        try {
            byte[] bytes = canonical(content).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform must have MD5 (java.security.MessageDigest).
            throw new IllegalStateException(e);
        }
    }

    /**
     * The content as one text from which it can be read back without doubt: each value as a netstring (its length in
     * UTF-8 bytes, a colon, the value, a comma; <a href="https://cr.yp.to/proto/netstrings.txt">netstrings</a>), NULL
     * as {@code -,}. So neither moved field boundaries nor NULL for an empty text give the same MD5.
     */
    static String canonical(List<?> content) {
        StringBuilder canonical = new StringBuilder();
        for (Object value : content) {
            if (value == null) {
                canonical.append("-,");
            } else {
                String text = text(value);
                int bytes = text.getBytes(StandardCharsets.UTF_8).length;
                canonical.append(bytes).append(':').append(text).append(',');
            }
        }
        return canonical.toString();
    }

    /** A value as {@link #canonical} has it, and as MySQL reads it as a literal of the column. */
    static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return DATE_TIME.format(time);
        }
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                "no canonical form for " + value.getClass().getName());
    }
}
