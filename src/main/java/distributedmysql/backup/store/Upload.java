package distributedmysql.backup.store;

import java.io.IOException;
import java.io.OutputStream;

/** An object that is being written. It exists once it is complete. Not thread-safe. */
public abstract class Upload extends OutputStream {
    /**
     * The object is there, and is known to be what was written. Nothing can be written afterwards.
     *
     * @throws StoreException if not; then nothing of it is left
     */
    public abstract void complete() throws IOException;

    /** Without {@link #complete}, removes what was written so far. */
    @Override
    public abstract void close() throws IOException;

    @Override
    public final void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
