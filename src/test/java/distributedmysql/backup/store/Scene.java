package distributedmysql.backup.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A store with a full backup, two incremental ones on it, and another full one; and what somebody does before it is restored. */
final class Scene {
    final ObjectStore objects;
    final Optional<EncryptionKey> key;
    final Random random = new Random(20_260_301);
    final Manifest full;
    final Manifest first;
    final Manifest second;
    final Manifest other;

    /** @param bytes of each object's content */
    Scene(ObjectStore objects, Optional<EncryptionKey> key, int bytes) throws IOException {
        this.objects = objects;
        this.key = key;
        BackupStore store = store();
        this.full = Samples.make(store, Samples.full(), bytes, "a.tar", "b.tar");
        this.first = Samples.make(store, Samples.after(full), bytes, "binlog.000001");
        this.second = Samples.make(store, Samples.after(first), bytes, "binlog.000002", "binlog.000003");
        this.other = Samples.make(store, Samples.full(), bytes, "a.tar", "b.tar");
    }

    /** The same backups in another place. */
    private Scene(ObjectStore objects, Scene made) {
        this.objects = objects;
        this.key = made.key;
        this.full = made.full;
        this.first = made.first;
        this.second = made.second;
        this.other = made.other;
    }

    Scene in(ObjectStore copy) {
        return new Scene(copy, this);
    }

    BackupStore store() {
        return store(key);
    }

    BackupStore store(Optional<EncryptionKey> with) {
        return new BackupStore(objects, with, 1, Samples.CLOCK);
    }

    /** What whoever restores the second incremental backup does first. */
    void verifyChain(Optional<EncryptionKey> with) throws IOException {
        BackupStore store = store(with);
        List<Manifest> chain = store.list().chainTo(second.id()).all();
        for (Manifest backup : chain) {
            store.verify(backup);
        }
    }

    static String manifestOf(Manifest backup) {
        return Names.of(backup.id(), Names.MANIFEST);
    }

    static String path(Manifest backup, int object) {
        return Names.of(backup.id(), backup.objects().get(object).name());
    }

    byte[] raw(String name) throws IOException {
        return Samples.raw(objects, name);
    }

    void put(String name, byte[] bytes) throws IOException {
        Samples.putRaw(objects, name, bytes);
    }

    void flip(String name, int position) throws IOException {
        byte[] bytes = raw(name);
        bytes[position] ^= (byte) (1 << random.nextInt(8));
        put(name, bytes);
    }

    void exchange(String one, String another) throws IOException {
        byte[] kept = raw(one);
        put(one, raw(another));
        put(another, kept);
    }

    /** As somebody does who renames one, then the other, then the first again. */
    void exchangeDirectories(Manifest one, Manifest another) throws IOException {
        move(one.id(), "kept");
        move(another.id(), one.id());
        move("kept", another.id());
    }

    private void move(String from, String to) throws IOException {
        for (StoredObject object : objects.list(from + "/")) {
            put(to + object.name().substring(from.length()), raw(object.name()));
            objects.delete(object.name());
        }
    }
}
