package distributedmysql.report;

/** Texts of others, made fit for one line. */
public final class Texts {
    private static final String ELLIPSIS = " ...";

    private Texts() {}

    /** On one line, with an ellipsis where it was longer than {@code most} characters. */
    static String shortened(String text, int most) {
        return cut(text.strip().replaceAll("\\s+", " "), most);
    }

    /** The same, however long; blanks within a line stay, because they can be in a value. */
    public static String oneLine(String text) {
        return text.strip().replaceAll("\\h*\\R\\s*", " ");
    }

    /** On one line, which ends after a whole word where it was longer than {@code most} characters. */
    public static String cutAtWord(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= most) {
            return line;
        }
        int end = line.lastIndexOf(' ', most - ELLIPSIS.length());
        return end < 1 ? cut(line, most) : line.substring(0, end).replaceFirst("[,;:(]+$", "") + ELLIPSIS;
    }

    /** A line with its blanks as they are. */
    public static String cut(String line, int most) {
        return line.length() <= most ? line : line.substring(0, most - 3) + "...";
    }
}
