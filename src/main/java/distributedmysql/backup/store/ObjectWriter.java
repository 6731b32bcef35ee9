package distributedmysql.backup.store;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes one object: content, compressed (zstd), encrypted if there is a key, measured, stored. Holds some MiB (with
 * level 15 some tens), whatever the size. Stateless.
 */
record ObjectWriter(ObjectStore store, Optional<EncryptionKey> key, int level) {
    /** Of what is written in small pieces: compressing each would cost a call into zstd's library. */
    private static final int BUFFER_BYTES = 128 * 1024;

    /**
     * Stores it whole, or not at all.
     *
     * @param order of it in its backup, from 1
     */
    <X extends Exception> ManifestObject write(String backup, String name, int order, Content<X> content)
            throws IOException, X {
        String path = Names.of(backup, name);
        try (Upload upload = store.create(path)) {
            Measured stored = new Measured(upload);
            Counted counted =
                    new Counted(new BufferedOutputStream(compressing(encrypting(stored, path)), BUFFER_BYTES));
            try (counted) {
                content.writeTo(counted);
            }
            upload.complete();
            return new ManifestObject(name, order, stored.bytes(), counted.bytes, stored.digest());
        }
    }

    private OutputStream encrypting(OutputStream out, String path) throws IOException {
        return key.isPresent() ? key.get().encrypting(out, path) : out;
    }

    private OutputStream compressing(OutputStream out) throws IOException {
        // On a thread of zstd's own, while this one reads, encrypts and stores: a clone of 570 MB is stored in three
        // quarters of the time.
        return new ZstdOutputStream(out, level).setChecksum(true).setWorkers(1);
    }

    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }

        @Override
        public void flush() {
            // Would end a block of zstd early.
        }
    }
}
