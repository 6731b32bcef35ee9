package distributedmysql.monitor.table;

/** A comparison cannot be brought to its end. The message becomes the evidence, so there is no stack trace. */
final class IncompleteException extends Exception {
    IncompleteException(String message) {
        super(message, null, false, false);
    }
}
