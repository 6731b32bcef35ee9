package distributedmysql.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Backups for tests, and the bytes that they are stored as. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private Samples() {}

    /** Another one for each number. */
    static EncryptionKey key(int number) {
        byte[] bytes = new byte[EncryptionKey.BYTES];
        Arrays.fill(bytes, (byte) number);
        return new EncryptionKey(bytes);
    }

    static Origin full() {
        return new Origin(
                Kind.FULL, "clone", 0, "db1", "4ec9bf36-0000-0000-0000-000000000001", "8.0.33", Optional.empty());
    }

    static Origin after(Manifest parent) {
        return new Origin(
                Kind.INCREMENTAL,
                "binlog",
                0,
                "db1",
                "4ec9bf36-0000-0000-0000-000000000001",
                "8.0.33",
                Optional.of(parent.id()));
    }

    /** Cannot be compressed, so that it is stored in as many bytes. */
    static byte[] noise(int bytes, long seed) {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    /** An object of each name; contents of one size, and different. */
    static Manifest make(BackupStore store, Origin origin, int bytes, String... names) throws IOException {
        try (BackupWriter writer = store.begin(origin)) {
            for (String name : names) {
                writer.object(name, out -> out.write(noise(bytes, writer.id().hashCode() + name.hashCode())));
            }
            return writer.finish(NOW, "4ec9bf36-0000-0000-0000-000000000001:1-100");
        }
    }

    static byte[] raw(ObjectStore objects, String name) throws IOException {
        try (InputStream in = objects.open(name)) {
            return in.readAllBytes();
        }
    }

    static void putRaw(ObjectStore objects, String name, byte[] bytes) throws IOException {
        try (Upload upload = objects.create(name)) {
            upload.write(bytes);
            upload.complete();
        }
    }
}
