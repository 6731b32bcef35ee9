package distributedmysql.backup.store;

/** A backup cannot be restored, because one that it is built on is not there. The message names both. */
public final class GapException extends StoreException {
    GapException(String message) {
        super(message);
    }
}
