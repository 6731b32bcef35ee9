package distributedmysql.backup.store;

/** A backup was made with another key, or with none, or has a key and none is set. It says nothing of damage. */
public final class WrongKeyException extends StoreException {
    WrongKeyException(String message) {
        super(message);
    }
}
