package distributedmysql.backup.store;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Where backups are made, and where they are copied to. With both a directory and a bucket, they are made in the directory,
 * so that they are there whatever becomes of the bucket.
 *
 * @param first where backups are made
 * @param second where each is copied to; empty if there is one place only
 */
public record BackupStores(BackupStore first, Optional<BackupStore> second) implements AutoCloseable {
    /**
     * Reads the key; nothing is asked of a store yet.
     *
     * @param environment usually {@link System#getenv()}
     * @throws distributedmysql.config.SettingsException if there is no key where the settings say
     */
    public static BackupStores open(StoreSettings settings, Map<String, String> environment, Clock clock) {
        Optional<EncryptionKey> key = settings.key().map(source -> source.read(environment));
        Optional<ObjectStore> directory = settings.directory().map(LocalStore::new);
        Optional<ObjectStore> bucket = settings.s3().map(S3Store::open);
        int level = settings.compressionLevel();
        BackupStore first = new BackupStore(directory.or(() -> bucket).orElseThrow(), key, level, clock);
        return new BackupStores(
                first,
                directory.isEmpty()
                        ? Optional.empty()
                        : bucket.map(store -> new BackupStore(store, key, level, clock)));
    }

    @Override
    public void close() {
        first.close();
        second.ifPresent(BackupStore::close);
    }
}
