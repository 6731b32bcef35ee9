package distributedmysql.comparison;

/** What is given cannot be compared; the message says which file, and why. */
final class RunsException extends RuntimeException {
    RunsException(String message) {
        super(message);
    }
}
