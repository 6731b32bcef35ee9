package distributedmysql.backup.store;

import com.github.luben.zstd.ZstdInputStream;
import distributedmysql.config.Plural;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads the content of one object, and verifies it meanwhile. When it has come to the end, all was as its manifest says;
 * otherwise a read before has thrown. What was not read when it is closed is not verified. Not thread-safe.
 */
final class ObjectReader extends BufferReads {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final ManifestObject object;
    private final String where;
    private final Stored stored;
    private long contentBytes;
    private boolean verified;

    private ObjectReader(ManifestObject object, String where, Stored stored, InputStream content) {
        super(content);
        this.object = object;
        this.where = where;
        this.stored = stored;
    }

    /** @throws DamagedBackupException if its beginning already is damaged */
    static ObjectReader open(ObjectStore store, Optional<EncryptionKey> key, String backup, ManifestObject object)
            throws StoreException {
        String path = Names.of(backup, object.name());
        Stored stored = new Stored(opened(store, path));
        InputStream buffered = new BufferedInputStream(stored, BUFFER_BYTES);
        try {
            InputStream plain = key.isPresent() ? key.get().decrypting(buffered, path) : buffered;
            return new ObjectReader(object, store.where(path), stored, new ZstdInputStream(plain));
        } catch (IOException e) {
            throw new DamagedBackupException(store.where(path), "cannot be read: " + e.getMessage());
        }
    }

    private static InputStream opened(ObjectStore store, String path) throws StoreException {
        try {
            return store.open(path);
        } catch (MissingObjectException e) {
            throw new DamagedBackupException(store.where(path), "is missing");
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read;
        try {
            read = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw damaged(e);
        }
        if (read >= 0) {
            contentBytes += read;
        } else if (!verified) {
            verifyWhole();
            verified = true;
        }
        return read;
    }

    private void verifyWhole() throws IOException {
        stored.skipRest();
        if (!stored.is(object)) {
            throw changed();
        }
        if (contentBytes != object.contentBytes()) {
            throw new DamagedBackupException(
                    where,
                    "holds " + Plural.of(contentBytes, "byte") + " of content, and " + object.contentBytes()
                            + " in its manifest");
        }
    }

    /** Where the store itself cannot be read, that; otherwise what is wrong with the object. */
    private IOException damaged(IOException e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException of) {
                return of;
            }
        }
        stored.skipRest();
        return stored.is(object)
                ? new DamagedBackupException(
                        where,
                        "its bytes are those of the manifest, but they do not decrypt or decompress as this object of"
                                + " this backup: " + e.getMessage())
                : changed();
    }

    private DamagedBackupException changed() {
        String what = stored.bytes == object.bytes()
                ? "its contents have changed: their SHA-256 is not that of the manifest"
                : "has " + Plural.of(stored.bytes, "byte") + ", and " + object.bytes() + " in its manifest";
        return new DamagedBackupException(where, what);
    }

    /** As it is in the store; counts and digests what is read. */
    private static final class Stored extends BufferReads {
        private final MessageDigest digest = Measured.sha256();
        private long bytes;

        Stored(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                bytes += read;
                digest.update(buffer, offset, read);
            }
            return read;
        }

        void skipRest() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }

        /** To be asked once. */
        boolean is(ManifestObject object) {
            return bytes == object.bytes()
                    && HexFormat.of().formatHex(digest.digest()).equals(object.sha256());
        }
    }
}
