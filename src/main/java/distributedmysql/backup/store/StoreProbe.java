package distributedmysql.backup.store;

import distributedmysql.config.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Finds out whether backups can be stored somewhere at all: puts a small object there, reads it, and removes it. */
final class StoreProbe {
    private static final byte[] CONTENT = "Can backups be stored here?\n".getBytes(StandardCharsets.US_ASCII);

    private StoreProbe() {}

    /** @throws SettingsException if backups cannot be made there */
    static void requireFirst(StoreSettings settings) {
        String setting = settings.directory()
                .map(directory -> StoreSettings.DIRECTORY + " = " + directory)
                .orElseGet(() -> settings.s3().map(StoreProbe::setting).orElseThrow());
        ObjectStore first = settings.directory()
                .<ObjectStore>map(LocalStore::new)
                .orElseGet(() -> S3Store.forProbe(settings.s3().orElseThrow()));
        failure(first).ifPresent(why -> {
            throw new SettingsException(setting + ": no backup can be stored there: " + why
                    + (settings.directory().isPresent()
                            ? "; must be a directory, there or to be made, that this user can read and write"
                            : ""));
        });
    }

    /** Why backups cannot be copied to the bucket; empty if they can, or are made there. */
    static Optional<String> failureOfSecond(StoreSettings settings) {
        return settings.directory().isEmpty()
                ? Optional.empty()
                : settings.s3()
                        .flatMap(bucket -> failure(S3Store.forProbe(bucket))
                                .map(why -> setting(bucket) + ": no backup can be copied there: " + why));
    }

    private static String setting(S3Settings bucket) {
        return StoreSettings.BUCKET + " = " + bucket.bucket();
    }

    private static Optional<String> failure(ObjectStore store) {
        try (store) {
            probe(store);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void probe(ObjectStore store) throws IOException {
        String directory = "probe-" + UUID.randomUUID() + "/";
        try {
            putAndRead(store, directory + "probe");
        } catch (IOException e) {
            try {
                store.deleteAll(directory);
            } catch (StoreException again) {
                // Then nothing can be removed either, and the first reason is the one to mend.
                e.addSuppressed(again);
            }
            throw e;
        }
        store.deleteAll(directory);
    }

    private static void putAndRead(ObjectStore store, String name) throws IOException {
        try (Upload upload = store.create(name)) {
            upload.write(CONTENT);
            upload.complete();
        }
        try (InputStream in = store.open(name)) {
            if (!Arrays.equals(in.readAllBytes(), CONTENT)) {
                throw new StoreException(store.where(name) + ": what is read there is not what was written");
            }
        }
    }
}
