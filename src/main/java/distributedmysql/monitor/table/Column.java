package distributedmysql.monitor.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A column, and how its values are written into a row's digest and into SQL without loss.
 *
 * @param type the bare type in lower case, for instance {@code varchar}
 * @param fullType with length and attributes, the same text on every version for the same type
 * @param charset null where the type has none
 * @param collation null where the type has none
 */
record Column(String name, String type, String fullType, String charset, String collation) {
    private enum Kind {
        /** The server's text says all: whole numbers, DECIMAL, dates and times. */
        TEXT,
        /** The server's text of a FLOAT has 6 digits; that of a DOUBLE is the shortest that gives the same DOUBLE. */
        FLOATING,
        /** By number, exact up to 64 bits; an ENUM's or SET's order is that of its numbers too. */
        NUMBER,
        CHARACTERS,
        BYTES,
        /** Without limit on its length, so it goes into the digest as a digest: CONCAT is limited to a packet. */
        LONG,
        /** As LONG, but it has to become text first, which is limited to a packet too. */
        JSON
    }

    /** What a JSON document that is longer than a packet becomes, with the warning 1301 (tried on 8.0.33). */
    private static final String SHA2_OF_NOTHING = "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'";

    static String quote(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    String quoted() {
        return quote(name);
    }

    private Kind kind() {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" -> Kind.TEXT;
            case "date", "time", "datetime", "timestamp", "year" -> Kind.TEXT;
            case "float", "double" -> Kind.FLOATING;
            case "bit", "enum", "set" -> Kind.NUMBER;
            case "char", "varchar" -> Kind.CHARACTERS;
            case "binary", "varbinary" -> Kind.BYTES;
            case "json" -> Kind.JSON;
            default -> Kind.LONG;
        };
    }

    /**
     * Text that two values share only if they are the same: {@code N} for NULL; without a comma, except after a length
     * that tells where the value ends. It is NULL if the server cannot give the value's text because of a limit.
     */
    String canonical() {
        return switch (kind()) {
            case TEXT -> orN(quoted());
            case FLOATING -> orN("CONCAT(CAST(" + quoted() + " AS DOUBLE))");
            case NUMBER -> orN("CAST(" + quoted() + " AS UNSIGNED)");
            // As binary, because CONCAT would otherwise convert to one character set for all columns.
            case CHARACTERS, BYTES -> orN("CONCAT(LENGTH(" + quoted() + "), ':', CAST(" + quoted() + " AS BINARY))");
            case LONG -> "IF(" + quoted() + " IS NULL, 'N', SHA2(" + quoted() + ", 256))";
            // UNHEX makes NULL of the dash; NULLIF would compute the digest twice.
            case JSON ->
                "IF(" + quoted() + " IS NULL, 'N', HEX(UNHEX(REPLACE(SHA2(" + quoted() + ", 256), " + SHA2_OF_NOTHING
                        + ", '-'))))";
        };
    }

    /** Only for what is NULL if the value is: no column of these types is longer than 64 KiB, no packet less than 1 MiB. */
    private static String orN(String text) {
        return "COALESCE(" + text + ", 'N')";
    }

    /**
     * Whether ranges over this column can be written with literals. Not for FLOAT and DOUBLE: the optimizer rounds a
     * literal to the column's type before it searches the index.
     */
    boolean canBeKey() {
        return kind() != Kind.FLOATING && kind() != Kind.LONG && kind() != Kind.JSON;
    }

    /** Whether two values are equal to the server only if they are the same: not so under a collation. */
    boolean equalityIsIdentity() {
        return kind() != Kind.CHARACTERS;
    }

    /** What is selected to get a key's raw value, which {@link #literal} takes. */
    String keyExpression() {
        return switch (kind()) {
            case CHARACTERS, BYTES -> "HEX(" + quoted() + ")";
            case NUMBER -> "CAST(" + quoted() + " AS UNSIGNED)";
            // As text from the server: the driver would turn a YEAR into a date and refuse the date 0000-00-00.
            default -> "CONCAT(" + quoted() + ")";
        };
    }

    String literal(String raw) {
        return switch (kind()) {
            // In the column's own character set and without COLLATE, so that the column's collation decides.
            case CHARACTERS -> "_" + charset + " x'" + raw + "'";
            case BYTES -> "x'" + raw + "'";
            case NUMBER -> raw;
            default -> isTemporal() ? "'" + raw + "'" : raw;
        };
    }

    /** For people. */
    String display(String raw) {
        return switch (kind()) {
            case CHARACTERS ->
                javaCharset()
                        .map(known -> "'" + new String(HexFormat.of().parseHex(raw), known) + "'")
                        .orElse(literal(raw));
            case BYTES -> "0x" + raw;
            default -> literal(raw);
        };
    }

    /** A digest of the exact value, by which two sides' values are compared; NULL has one too. */
    String valueDigest() {
        return "SHA2(" + canonical() + ", 256)";
    }

    /** How {@link #shownExpression} gives values of this column. */
    ShownValue.Form shownForm() {
        return switch (kind()) {
            case TEXT, FLOATING -> isTemporal() ? ShownValue.Form.TEXT : ShownValue.Form.PLAIN;
            case NUMBER -> type.equals("bit") ? ShownValue.Form.BITS : ShownValue.Form.TEXT;
            case CHARACTERS, JSON -> ShownValue.Form.TEXT;
            case BYTES -> ShownValue.Form.HEX;
            case LONG -> charset == null ? ShownValue.Form.HEX : ShownValue.Form.TEXT;
        };
    }

    /** Selects a value's beginning, in that form, and its whole length in characters or bytes: two columns of the result. */
    String shownExpression() {
        return switch (kind()) {
            case TEXT -> "CONCAT(" + quoted() + "), NULL";
            case FLOATING -> "CONCAT(CAST(" + quoted() + " AS DOUBLE)), NULL";
            case NUMBER -> type.equals("bit") ? "BIN(CAST(" + quoted() + " AS UNSIGNED)), NULL" : characters(quoted());
            case CHARACTERS -> characters(quoted());
            case JSON -> characters("CAST(" + quoted() + " AS CHAR)");
            case BYTES -> bytes(quoted());
            case LONG -> charset == null ? bytes("CAST(" + quoted() + " AS BINARY)") : characters(quoted());
        };
    }

    private static String characters(String text) {
        return "CONVERT(LEFT(" + text + ", " + ShownValue.PREFIX + ") USING utf8mb4), CHAR_LENGTH(" + text + ")";
    }

    private static String bytes(String value) {
        return "HEX(LEFT(" + value + ", " + ShownValue.PREFIX + ")), LENGTH(" + value + ")";
    }

    private boolean isTemporal() {
        return switch (type) {
            case "date", "time", "datetime", "timestamp" -> true;
            default -> false;
        };
    }

    private Optional<Charset> javaCharset() {
        return switch (charset) {
            case "utf8mb4", "utf8mb3", "ascii" -> Optional.of(StandardCharsets.UTF_8);
            // MySQL's latin1 is cp1252: https://dev.mysql.com/doc/refman/8.0/en/charset-we-sets.html
            case "latin1" -> Optional.of(Charset.forName("windows-1252"));
            default -> Optional.empty();
        };
    }
}
