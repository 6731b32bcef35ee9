package distributedmysql.backup;

import distributedmysql.backup.store.BackupWriter;
import distributedmysql.mysql.Node;
import distributedmysql.topology.SpareServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A way to take full backups of a server that goes on working, and to restore them. Thread-safe. */
public interface BackupStrategy {
    /** As manifests and the settings call it, for instance {@code clone}. */
    String name();

    /** Why no backup of that server can be taken so; empty if one can. */
    Optional<String> impossible(Node source);

    /**
     * Takes a backup and stores its objects; the caller writes the manifest.
     *
     * @param source primary or replica
     * @throws BackupException or {@link distributedmysql.mysql.TopologyException} if it cannot be taken
     * @throws IOException if it cannot be stored, or a file cannot be read or written
     */
    Taken take(Node source, BackupWriter to) throws IOException;

    /**
     * Makes a server of the backup, with exactly its transactions. Each object is read to its end, and so was verified, before the server
     * is returned.
     *
     * @param incrementals of the same strategy that follow it, in their order; all strategies but the user's own commands have none
     * @param spare that does not run yet; the caller closes it whatever happens
     * @throws distributedmysql.backup.store.DamagedBackupException if an object is not what was stored
     * @throws BackupException or {@link distributedmysql.mysql.TopologyException} if no server can be made of it
     */
    Node restore(StoredBackup full, List<StoredBackup> incrementals, SpareServer spare) throws IOException;
}
