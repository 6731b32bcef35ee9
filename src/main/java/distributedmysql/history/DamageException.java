package distributedmysql.history;

import java.nio.file.Path;

/** A saved history is damaged. The message names the line, not the file. */
final class DamageException extends Exception {
    DamageException(long line, String what) {
        super("line " + line + ": " + what, null, false, false);
    }

    HistoryException in(Path file) {
        return new HistoryException(file + ": " + getMessage());
    }
}
