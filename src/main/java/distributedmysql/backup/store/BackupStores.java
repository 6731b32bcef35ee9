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
     * Reads the key, and looks whether backups can be stored where they are to be made, and where they are to be copied to: a small
     * object is put there, read and removed. A bucket that does not answer takes at most about 15 s.
     *
     * @param environment usually {@link System#getenv()}
     * @return why they cannot be copied; empty if they can, or if there is one place only
     * @throws distributedmysql.config.SettingsException if there is no key where the settings say, or backups cannot be made
     */
    public static Optional<String> require(StoreSettings settings, Map<String, String> environment) {
        settings.key().ifPresent(source -> source.read(environment));
        StoreProbe.requireFirst(settings);
        return StoreProbe.failureOfSecond(settings);
    }

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
