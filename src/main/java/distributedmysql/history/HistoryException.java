package distributedmysql.history;

/**
 * A saved history cannot be written, or cannot be read. The message names the file and the place, and is meant for the
 * person who runs the test: it carries no stack trace.
 */
public final class HistoryException extends RuntimeException {
    public HistoryException(String message) {
        super(message, null, false, false);
    }
}
