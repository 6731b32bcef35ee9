package distributedmysql.topology;

import java.util.stream.Stream;

/** The statements of a message, as somebody pastes them: each is a line of its own that ends with a semicolon. */
public final class Pasted {
    private Pasted() {}

    public static String[] of(String message) {
        return statements(message.lines());
    }

    /** Those that the message gives for one server: from the line that names it up to the next that is no statement. */
    public static String[] of(String message, String server) {
        return statements(message.lines()
                .dropWhile(line -> line.endsWith(";") || !line.contains(" " + server) || !line.endsWith(":"))
                .skip(1)
                .takeWhile(line -> line.endsWith(";")));
    }

    private static String[] statements(Stream<String> lines) {
        return lines.filter(line -> line.endsWith(";"))
                .map(line -> line.substring(0, line.length() - 1))
                .toArray(String[]::new);
    }
}
