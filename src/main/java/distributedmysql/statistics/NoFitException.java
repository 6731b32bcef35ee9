package distributedmysql.statistics;

/** A curve cannot be fitted; the message says why. */
public final class NoFitException extends RuntimeException {
    NoFitException(String reason) {
        super(reason);
    }
}
