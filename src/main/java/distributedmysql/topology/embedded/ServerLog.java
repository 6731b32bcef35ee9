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
        try {
            return lastLines(Files.readString(log, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e + ")";
        }
    }

    static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
