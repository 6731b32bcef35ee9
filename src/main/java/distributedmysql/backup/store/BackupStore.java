package distributedmysql.backup.store;

import distributedmysql.backup.store.Listing.Unfinished;
import distributedmysql.backup.store.Listing.Unusable;
import distributedmysql.config.Plural;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Backups in a directory or a bucket: written, listed, verified, read, copied, removed. Every method throws a
 * {@link StoreException} if the store cannot be reached; it says what to look at. Thread-safe.
 */
public final class BackupStore implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** A manifest of 100,000 objects has about 20 MB; what is larger is none, and must not fill the memory. */
    private static final int MOST_MANIFEST_BYTES = 64 << 20;

    private final ObjectStore objects;
    private final Optional<EncryptionKey> key;
    private final int level;
    private final Clock clock;

    /**
     * @param objects closed with this
     * @param key what is written is encrypted with it, and what is read must be
     * @param level of zstd's compression, 1 to 15
     */
    public BackupStore(ObjectStore objects, Optional<EncryptionKey> key, int level, Clock clock) {
        this.objects = objects;
        this.key = key;
        this.level = level;
        this.clock = clock;
    }

    /** The directory or the bucket, for people. */
    public String where() {
        return objects.where("");
    }

    /** To be closed; unless it is finished by then, the backup is removed. */
    public BackupWriter begin(Origin origin) throws IOException {
        String id = TIME.format(clock.instant()) + "-" + origin.kind().label() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        return BackupWriter.begin(new ObjectWriter(objects, key, level), clock, id, origin);
    }

    /** All that is there; manifests are read and verified, objects are not. */
    public Listing list() throws StoreException {
        List<Manifest> usable = new ArrayList<>();
        List<Unusable> unusable = new ArrayList<>();
        List<Unfinished> unfinished = new ArrayList<>();
        Map<String, Judgement> judgements = new HashMap<>();
        for (Map.Entry<String, SortedSet<String>> backup : backups().entrySet()) {
            String id = backup.getKey();
            if (!backup.getValue().contains(Names.MANIFEST)) {
                if (Names.isBackup(id)) {
                    unfinished.add(unfinished(id, backup.getValue()));
                }
                continue;
            }
            try {
                usable.add(manifest(id));
                if (backup.getValue().contains(Names.JUDGEMENT)) {
                    judgement(id).ifPresent(judgement -> judgements.put(id, judgement));
                }
            } catch (WrongKeyException e) {
                unusable.add(new Unusable(id, true, e.getMessage()));
            } catch (DamagedBackupException e) {
                unusable.add(new Unusable(id, false, e.getMessage()));
            } catch (MissingObjectException e) {
                // Somebody is removing it.
                unfinished.add(new Unfinished(id, false, Optional.empty()));
            }
        }
        return new Listing(usable, unusable, unfinished, judgements);
    }

    /** Notes beside a backup what was found when it was restored and compared, in the place of what was noted before. */
    public void judge(Manifest backup, Judgement judgement) throws StoreException {
        String name = Names.of(backup.id(), Names.JUDGEMENT);
        try (Upload upload = objects.create(name)) {
            upload.write(judgement.bytes());
            upload.complete();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(objects.where(name) + ": cannot be written: " + e.getMessage());
        }
    }

    /** One that cannot be read says nothing. */
    private Optional<Judgement> judgement(String id) throws StoreException {
        try {
            return Optional.of(Judgement.read(bytes(Names.of(id, Names.JUDGEMENT))));
        } catch (MissingObjectException e) {
            return Optional.empty();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The names of each backup's objects. */
    private SortedMap<String, SortedSet<String>> backups() throws StoreException {
        SortedMap<String, SortedSet<String>> backups = new TreeMap<>();
        for (StoredObject object : objects.list("")) {
            String[] parts = object.name().split("/", 2);
            if (parts.length == 2) {
                backups.computeIfAbsent(parts[0], id -> new TreeSet<>()).add(parts[1]);
            }
        }
        return backups;
    }

    private Unfinished unfinished(String id, SortedSet<String> names) throws StoreException {
        if (!names.contains(Names.LEASE)) {
            return new Unfinished(id, false, Optional.empty());
        }
        try {
            Lease lease = Lease.read(bytes(Names.of(id, Names.LEASE)));
            return new Unfinished(id, lease.isHeld(clock.instant()), Optional.of(lease.at()));
        } catch (MissingObjectException e) {
            // Finished or given up this moment.
            return new Unfinished(id, true, Optional.empty());
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            return new Unfinished(id, false, Optional.empty());
        }
    }

    /**
     * Removes what was left by runs that ended before their backup did. What another run is just writing stays, and so does what
     * is not named as a backup.
     *
     * @return the names of those that were removed
     */
    public List<String> removeUnfinished() throws StoreException {
        List<String> removed = new ArrayList<>();
        for (Unfinished backup : list().unfinished()) {
            if (!backup.written() && !isFinished(backup.id())) {
                objects.deleteAll(backup.id() + "/");
                removed.add(backup.id());
            }
        }
        return List.copyOf(removed);
    }

    /** It may have been, while the store was listed. */
    private boolean isFinished(String id) throws StoreException {
        String name = Names.of(id, Names.MANIFEST);
        return objects.list(name).stream().anyMatch(object -> object.name().equals(name));
    }

    /**
     * Removes backups in the given order; each first loses its manifest, so that half of one never looks like one.
     *
     * @param backups such as {@link RetentionPlan#removed}
     */
    public void remove(List<Manifest> backups) throws StoreException {
        for (Manifest backup : backups) {
            objects.delete(Names.of(backup.id(), Names.MANIFEST));
            objects.deleteAll(backup.id() + "/");
        }
    }

    /**
     * What an object of a backup holds. The stream verifies what it reads: a reader that has come to its end has read what was
     * written, otherwise a read throws a {@link DamagedBackupException}. What is read before that may be damaged, so call
     * {@link #verify} first where that would do harm.
     *
     * @throws IllegalArgumentException if the manifest lists no such object
     */
    public InputStream open(Manifest backup, String object) throws StoreException {
        ManifestObject listed = backup.objects().stream()
                .filter(each -> each.name().equals(object))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no object " + object + " in backup " + backup.id()));
        return ObjectReader.open(objects, key, backup.id(), listed);
    }

    /**
     * Reads the whole backup as it is stored now.
     *
     * @throws DamagedBackupException if its manifest, or an object of it, is not what was written; names the first that is
     *     not, and what is wrong
     * @throws WrongKeyException if it was made with another key
     */
    public void verify(Manifest backup) throws IOException {
        String where = objects.where(Names.of(backup.id(), Names.MANIFEST));
        try {
            if (!manifest(backup.id()).equals(backup)) {
                throw new DamagedBackupException(where, "is another one than when the backup was listed");
            }
        } catch (MissingObjectException e) {
            throw new DamagedBackupException(where, "is missing");
        }
        verifyList(backup);
        for (ManifestObject object : backup.objects()) {
            try (InputStream content = ObjectReader.open(objects, key, backup.id(), object)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** First what costs nothing. */
    private void verifyList(Manifest backup) throws StoreException {
        Map<String, Long> there = new TreeMap<>();
        objects.list(backup.id() + "/").forEach(object -> there.put(object.name(), object.bytes()));
        there.remove(Names.of(backup.id(), Names.MANIFEST));
        there.remove(Names.of(backup.id(), Names.LEASE));
        there.remove(Names.of(backup.id(), Names.JUDGEMENT));
        for (ManifestObject object : backup.objects()) {
            String name = Names.of(backup.id(), object.name());
            Long bytes = there.remove(name);
            if (bytes == null) {
                throw new DamagedBackupException(objects.where(name), "is missing");
            }
            if (bytes != object.bytes()) {
                throw new DamagedBackupException(
                        objects.where(name),
                        "has " + Plural.of(bytes, "byte") + ", and " + object.bytes() + " in its manifest");
            }
        }
        for (String name : there.keySet()) {
            throw new DamagedBackupException(objects.where(name), "is not in the manifest of its backup");
        }
    }

    /**
     * Copies a backup as it is stored, for instance from a directory into a bucket. It is there once all of it is. Does
     * nothing if it is there already.
     *
     * @throws DamagedBackupException if what is read here is not what the manifest says; then it is not there
     */
    public void copy(Manifest backup, BackupStore to) throws IOException {
        new StoreCopy(objects, to.objects, clock).copy(backup, bytes(Names.of(backup.id(), Names.MANIFEST)));
    }

    private Manifest manifest(String id) throws StoreException {
        String name = Names.of(id, Names.MANIFEST);
        try {
            return ManifestFile.read(objects.where(name), id, bytes(name), key);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(objects.where(name) + ": cannot be read: " + e.getMessage());
        }
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = objects.open(name)) {
            byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            if (bytes.length > MOST_MANIFEST_BYTES) {
                throw new DamagedBackupException(objects.where(name), "is too large");
            }
            return bytes;
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
