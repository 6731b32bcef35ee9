package distributedmysql.backup.store;

/** There is no object of that name. */
public final class MissingObjectException extends StoreException {
    MissingObjectException(String where) {
        super(where + ": is missing");
    }
}
