package distributedmysql.backup.store;

/** A stored backup is not what was stored. The message names the file or object and what is wrong with it. */
public final class DamagedBackupException extends StoreException {
    /** @param where the file or object */
    DamagedBackupException(String where, String what) {
        super(where + ": " + what);
    }
}
