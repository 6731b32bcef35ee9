package distributedmysql.backup.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup that is being written: {@link #object} for each of its objects, in their order, then {@link #finish}. Closed
 * before that, it is removed. Not thread-safe; several backups can be written at the same time.
 */
public final class BackupWriter implements AutoCloseable {
    private final ObjectStore store;
    private final ObjectWriter writer;
    private final Clock clock;
    private final String id;
    private final Origin origin;
    private final Instant begun;
    private final Heartbeat heartbeat;
    private final List<ManifestObject> objects = new ArrayList<>();
    private boolean finished;

    private BackupWriter(ObjectWriter writer, Clock clock, String id, Origin origin, Heartbeat heartbeat) {
        this.store = writer.store();
        this.writer = writer;
        this.clock = clock;
        this.id = id;
        this.origin = origin;
        this.begun = clock.instant();
        this.heartbeat = heartbeat;
    }

    static BackupWriter begin(ObjectWriter writer, Clock clock, String id, Origin origin) throws IOException {
        return new BackupWriter(writer, clock, id, origin, Heartbeat.start(writer.store(), id, clock));
    }

    /** Of the backup that will be. */
    public String id() {
        return id;
    }

    /**
     * Stores one object: compressed, encrypted if there is a key, with its checksum. Content is never held as a whole.
     *
     * @param name of letters, digits, dots, hyphens and underscores; none of this backup has it
     * @throws StoreException if it cannot be stored; then it is not there
     */
    public <X extends Exception> ManifestObject object(String name, Content<X> content) throws IOException, X {
        Names.requireObject(name);
        if (finished || objects.stream().anyMatch(object -> object.name().equals(name))) {
            throw new IllegalStateException("object " + name + " is there already, or the backup is finished");
        }
        ManifestObject object = writer.write(id, name, objects.size() + 1, content);
        objects.add(object);
        return object;
    }

    /**
     * Writes the manifest, with which the backup is there.
     *
     * @param at as {@link Manifest#at}
     * @param gtids as {@link Manifest#gtids}
     * @throws StoreException if it cannot be written, or if an object is not there any more; then there is no backup
     */
    public Manifest finish(Instant at, String gtids) throws IOException {
        requireObjects();
        double seconds = Duration.between(begun, clock.instant()).toNanos() / 1e9;
        Manifest manifest = new Manifest(
                Manifest.FORMAT, id, origin, at, seconds, gtids, writer.key().map(EncryptionKey::id), objects);
        heartbeat.stop();
        try (Upload upload = store.create(Names.of(id, Names.MANIFEST))) {
            upload.write(ManifestFile.bytes(manifest, writer.key()));
            upload.complete();
        }
        finished = true;
        deleteLease();
        return manifest;
    }

    private void deleteLease() {
        try {
            store.delete(Names.of(id, Names.LEASE));
        } catch (StoreException e) {
            // Beside a manifest it means nothing.
        }
    }

    /** Somebody may have removed them: a run on another machine whose clock is wrong, or a person. */
    private void requireObjects() throws StoreException {
        Map<String, Long> there = new HashMap<>();
        store.list(id + "/").forEach(object -> there.put(object.name(), object.bytes()));
        for (ManifestObject object : objects) {
            Optional<Long> bytes = Optional.ofNullable(there.get(Names.of(id, object.name())));
            if (!bytes.equals(Optional.of(object.bytes()))) {
                throw new StoreException(store.where(Names.of(id, object.name()))
                        + ": was stored, and is not there any more as it was; the backup is not finished");
            }
        }
    }

    /** Unless it is finished, nothing of it is left, as far as the store can be reached. */
    @Override
    public void close() throws StoreException {
        heartbeat.stop();
        if (!finished) {
            store.deleteAll(id + "/");
        }
    }
}
