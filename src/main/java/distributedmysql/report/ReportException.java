package distributedmysql.report;

/**
 * A report cannot be written. The message says which file and why, and is meant for the person who runs the test.
 */
public final class ReportException extends RuntimeException {
    public ReportException(String message, Exception cause) {
        super(message, cause);
    }
}
