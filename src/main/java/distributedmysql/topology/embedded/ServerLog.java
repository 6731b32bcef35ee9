package distributedmysql.topology.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a server's error log, for messages. */
final class ServerLog {
    private static final int LINES = 20;

    private ServerLog() {}

    static String tail(Path log) {
        return tail(log, LINES);
    }

    static String tail(Path log, int lines) {
        try {
            return lastLines(read(log), lines);
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e + ")";
        }
    }

    /** The lines that hold this text. */
    static List<String> find(Path log, String text) throws IOException {
        return read(log).lines().filter(line -> line.contains(text)).toList();
    }

    private static String read(Path log) throws IOException {
        // Unlike Files.readString this takes whatever bytes come.
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    }

    static String lastLines(String text) {
        return lastLines(text, LINES);
    }

    private static String lastLines(String text, int most) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - most), lines.size()));
    }
}
