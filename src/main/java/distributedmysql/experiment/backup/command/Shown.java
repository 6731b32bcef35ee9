package distributedmysql.experiment.backup.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How figures and tables look on the console. */
final class Shown {
    private static final int MOST_GTIDS = 32;
    private static final int LETTERS_OF_UUID = 8;

    private Shown() {}

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A set, by the beginnings of its UUIDs; of a long one its beginning and its end. */
    static String gtids(String set) {
        String text = set.replaceAll("([0-9a-f]{" + LETTERS_OF_UUID + "})-[0-9a-f-]{27}", "$1");
        int half = (MOST_GTIDS - 1) / 2;
        return text.length() <= MOST_GTIDS
                ? text
                : text.substring(0, half) + "…" + text.substring(text.length() - half);
    }

    /**
     * Rows with their columns below each other. A row that is shorter than the head is not aligned.
     *
     * @param head what the columns are called
     */
    static List<String> table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            if (row.size() == head.size()) {
                for (int i = 0; i < row.size(); i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .append(" ".repeat(Math.max(0, widths[i] - row.get(i).length()) + 2));
        }
        return line.toString().stripTrailing();
    }
}
