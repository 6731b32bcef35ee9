package distributedmysql.backup.store;

import java.io.IOException;

/**
 * A store of backups cannot be read or written. The message says where, why and which setting to look at, and is meant for
 * the person who runs the test: it carries no stack trace, and no key or credential.
 */
public class StoreException extends IOException {
    StoreException(String message) {
        super(message);
    }

    @Override
    public final synchronized Throwable fillInStackTrace() {
        return this;
    }
}
