package distributedmysql.backup;

/**
 * A backup cannot be taken, shipped, restored or recovered. The message says what to do and is meant for the person who runs the
 * test: it carries no stack trace.
 */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BackupException(String message) {
        super(message, null, false, false);
    }
}
