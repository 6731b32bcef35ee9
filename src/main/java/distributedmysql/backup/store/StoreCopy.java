package distributedmysql.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/** Copies a backup from one place to another, as it is stored. */
record StoreCopy(ObjectStore from, ObjectStore to, Clock clock) {
    /** @param manifest the file's bytes, which are written last */
    void copy(Manifest backup, byte[] manifest) throws IOException {
        String id = backup.id();
        String last = Names.of(id, Names.MANIFEST);
        if (!to.list(last).isEmpty()) {
            return;
        }
        try (Heartbeat heartbeat = Heartbeat.start(to, id, clock)) {
            for (ManifestObject object : backup.objects()) {
                copy(Names.of(id, object.name()), object);
            }
            heartbeat.stop();
            try (Upload upload = to.create(last)) {
                upload.write(manifest);
                upload.complete();
            }
        } catch (IOException | RuntimeException e) {
            removeHalf(id, e);
            throw e;
        }
        to.delete(Names.of(id, Names.LEASE));
    }

    private void copy(String name, ManifestObject object) throws IOException {
        try (InputStream in = from.open(name);
                Upload upload = to.create(name)) {
            Measured measured = new Measured(upload);
            in.transferTo(measured);
            if (measured.bytes() != object.bytes() || !measured.digest().equals(object.sha256())) {
                throw new DamagedBackupException(
                        from.where(name), "its size or its SHA-256 is not that of the manifest");
            }
            upload.complete();
        } catch (MissingObjectException e) {
            throw new DamagedBackupException(from.where(name), "is missing");
        }
    }

    private void removeHalf(String id, Exception because) {
        try {
            to.deleteAll(id + "/");
        } catch (StoreException e) {
            // The lease is not renewed any more, so another run removes it.
            because.addSuppressed(e);
        }
    }
}
