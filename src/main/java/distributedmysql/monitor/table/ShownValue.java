package distributedmysql.monitor.table;

import distributedmysql.history.ColumnDifference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A value as people are shown it: on one line, of a long one no more than {@value #MOST} characters or bytes, from just
 * before the first that the two sides do not have alike.
 *
 * @param prefix the first {@value #PREFIX} characters, or bytes in hexadecimal; null for NULL
 * @param length of the whole value in characters or bytes; -1 where that does not matter
 */
record ShownValue(String prefix, long length) {
    /** How much of a value is read, to find where two of them part. */
    static final int PREFIX = 16_384;

    private static final int MOST = 100;
    private static final int BEFORE = 20;
    private static final int NOWHERE = -1;

    /** How a prefix is to be understood, and shown. */
    enum Form {
        /** Numbers. */
        PLAIN(""),
        TEXT("characters"),
        HEX("bytes"),
        BITS("");

        private final String unit;

        Form(String unit) {
            this.unit = unit;
        }

        private String quoted(String text) {
            return switch (this) {
                case PLAIN -> text;
                case TEXT -> "'" + text + "'";
                case HEX -> "0x" + text;
                case BITS -> "b'" + text + "'";
            };
        }
    }

    static ShownValue read(ResultSet row, int first) throws SQLException {
        String prefix = row.getString(first);
        long length = row.getLong(first + 1);
        return new ShownValue(prefix, row.wasNull() ? -1 : length);
    }

    static ColumnDifference difference(Column column, ShownValue primary, ShownValue replica) {
        Form form = column.shownForm();
        boolean one = primary.prefix == null || replica.prefix == null;
        int parting = one ? 0 : Arrays.mismatch(primary.units(form), replica.units(form));
        return new ColumnDifference(column.name(), primary.shown(form, parting), replica.shown(form, parting));
    }

    /** One string per character (which may be two of Java's) or byte. */
    private String[] units(Form form) {
        if (prefix == null) {
            return new String[0];
        }
        return form == Form.HEX
                ? prefix.split("(?<=\\G..)")
                : prefix.codePoints().mapToObj(Character::toString).toArray(String[]::new);
    }

    private String shown(Form form, int parting) {
        if (prefix == null) {
            return "NULL";
        }
        String[] units = units(form);
        String note = parting == NOWHERE ? note(units.length) : "";
        if (length <= MOST && units.length <= MOST) {
            return form.quoted(escaped(form, units, 0, units.length)) + (note.isEmpty() ? "" : " (" + note + ")");
        }
        int from = parting <= MOST - BEFORE ? 0 : Math.min(parting, units.length) - BEFORE;
        int to = Math.min(units.length, from + MOST);
        String text = form.quoted(escaped(form, units, from, to));
        return (from > 0 ? "…" : "") + text + (to < length ? "…" : "") + " (" + form.unit + " " + number(from + 1)
                + " to " + number(to) + " of " + number(length) + (note.isEmpty() ? "" : "; " + note)
                + ")";
    }

    private String note(int read) {
        return length > read ? "the first " + number(read) + " are alike" : "alike as text, not as it is stored";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String escaped(Form form, String[] units, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(form == Form.TEXT ? escaped(units[i].codePointAt(0)) : units[i]);
        }
        return text.toString();
    }

    /** What a reader could not see, or not tell from something else, is written out. */
    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            case '\'' -> "\\'";
            default ->
                isVisible(character) ? Character.toString(character) : "\\u{" + Integer.toHexString(character) + "}";
        };
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
