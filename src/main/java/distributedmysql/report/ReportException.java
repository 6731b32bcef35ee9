package distributedmysql.report;

import java.io.IOException;

/**
 * The JSON summary cannot be written. The message says which file and why, and is meant for the person who runs the
 * test.
 */
public final class ReportException extends RuntimeException {
    ReportException(String message, IOException cause) {
        super(message, cause);
    }
}
