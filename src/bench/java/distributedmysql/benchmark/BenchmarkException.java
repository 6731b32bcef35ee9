package distributedmysql.benchmark;

/** The benchmark cannot go on; the message says why. */
final class BenchmarkException extends RuntimeException {
    BenchmarkException(String message) {
        super(message);
    }

    BenchmarkException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
