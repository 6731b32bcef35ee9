package distributedmysql.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.StoreException;
import distributedmysql.mysql.GtidSet;
import java.io.InputStream;

/** A backup and where it is. */
public record StoredBackup(BackupStore store, Manifest manifest) {
    /** What an object holds; as {@link BackupStore#open}. */
    public InputStream open(String object) throws StoreException {
        return store.open(manifest, object);
    }

    /** Those that it holds, as {@link Manifest#gtids}. */
    public GtidSet gtids() {
        return GtidSet.parse(manifest.gtids());
    }

    /** For messages. */
    @Override
    public String toString() {
        return "backup " + manifest.id();
    }
}
