package distributedmysql.topology;

/**
 * The servers cannot be started, reached or used. The message says what to do and is meant for the person who runs
 * the test: it carries no stack trace.
 */
public final class TopologyException extends RuntimeException {
    public TopologyException(String message) {
        super(message, null, false, false);
    }
}
