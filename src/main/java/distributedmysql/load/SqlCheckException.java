package distributedmysql.load;

/** A result is not as a check expects. Carries no stack trace: it is a finding, not a fault of the program. */
public final class SqlCheckException extends RuntimeException {
    public SqlCheckException(String message) {
        super(message, null, false, false);
    }
}
