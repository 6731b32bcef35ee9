package distributedmysql.backup.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup is and consists of. Written last, so that a backup without one is unfinished.
 *
 * @param format of this record and of the objects: {@link #FORMAT}
 * @param id the backup's name, and that of its directory
 * @param at the moment to which the backup's position belongs; of an incremental one, its last transaction's. On the clock
 *     of the run that made it
 * @param seconds from its beginning until all its objects were stored
 * @param gtids of a full backup, all that the server had executed at its position; of an incremental one, all that its
 *     binary logs hold. As MySQL writes a GTID set
 * @param key which key it is encrypted with ({@link EncryptionKey#id}); empty if with none
 * @param objects in their order
 */
public record Manifest(
        int format,
        String id,
        Origin origin,
        Instant at,
        double seconds,
        String gtids,
        Optional<String> key,
        List<ManifestObject> objects) {

    /** Of what this version writes, and the only one that it reads. */
    public static final int FORMAT = 1;

    /** @throws IllegalArgumentException if the objects are not numbered from 1, or two have one name */
    public Manifest {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format + " is not known, only " + FORMAT);
        }
        Names.requireBackup(id);
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(gtids, "gtids");
        objects = List.copyOf(objects);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < objects.size(); i++) {
            ManifestObject object = objects.get(i);
            if (object.order() != i + 1 || !names.add(object.name())) {
                throw new IllegalArgumentException("object " + object.name() + " is there twice or in the wrong order");
            }
        }
    }

    public Kind kind() {
        return origin.kind();
    }

    public Optional<String> parent() {
        return origin.parent();
    }

    /** As stored, without the manifest. */
    public long bytes() {
        return objects.stream().mapToLong(ManifestObject::bytes).sum();
    }

    /** What the objects hold. */
    public long contentBytes() {
        return objects.stream().mapToLong(ManifestObject::contentBytes).sum();
    }
}
