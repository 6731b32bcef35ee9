package distributedmysql.backup.store;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A store as earlier runs have left it, for tests of whole runs. */
public final class EarlierBackups implements AutoCloseable {
    private final ObjectStore objects;

    private EarlierBackups(ObjectStore objects) {
        this.objects = objects;
    }

    public static EarlierBackups in(Path directory) {
        return new EarlierBackups(new LocalStore(directory));
    }

    /** The credentials are {@link S3Credentials}. */
    public static EarlierBackups in(S3Settings bucket) {
        return new EarlierBackups(S3Store.open(bucket));
    }

    /** A usable full backup of shard 0. */
    public String full(Instant at) throws IOException {
        return full(at, Optional.empty()).id();
    }

    /** The same, of which an object is not what was written. */
    public String damagedFull(Instant at) throws IOException {
        Manifest made = full(at, Optional.empty());
        flip(Names.of(made.id(), "data"));
        return made.id();
    }

    public String ofAnotherKey(Instant at) throws IOException {
        return full(at, Optional.of(Samples.key(9))).id();
    }

    public String withDamagedManifest(Instant at) throws IOException {
        Manifest made = full(at, Optional.empty());
        flip(Names.of(made.id(), Names.MANIFEST));
        return made.id();
    }

    /** As a killed run leaves it. */
    public String unfinished(Instant at) throws IOException {
        String id = full(at, Optional.empty()).id();
        objects.delete(Names.of(id, Names.MANIFEST));
        return id;
    }

    private Manifest full(Instant at, Optional<EncryptionKey> key) throws IOException {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        // Closing it would close the objects.
        BackupStore store = new BackupStore(objects, key, 1, clock);
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("data", out -> out.write(Samples.noise(100, 1)));
            return writer.finish(at, "4ec9bf36-0000-0000-0000-000000000001:1-100");
        }
    }

    /** The first object whose name ends so is another one from now on. */
    public void flipFirst(String nameEnd) throws IOException {
        flip(objects.list("").stream()
                .map(StoredObject::name)
                .filter(name -> name.endsWith(nameEnd))
                .findFirst()
                .orElseThrow(() -> new TopologyException("no object " + nameEnd)));
    }

    private void flip(String name) throws IOException {
        byte[] bytes = Samples.raw(objects, name);
        bytes[bytes.length / 2] ^= 1;
        Samples.putRaw(objects, name, bytes);
    }

    /** The names of what is there, finished or not. */
    public List<String> ids() throws IOException {
        return objects.list("").stream()
                .map(object -> object.name().split("/")[0])
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        objects.close();
    }
}
