package distributedmysql.benchmark;

import java.util.List;

/** Texts for messages. */
public final class Texts {
    private static final int LINES = 40;

    private Texts() {}

    /** The last lines, each on a line of its own. */
    static String end(String text) {
        List<String> lines = text.lines().toList();
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
