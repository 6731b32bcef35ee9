package distributedmysql.backup.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose every read goes through one method, so that what is done there (counted, digested, errors worded) is done to all. */
abstract class BufferReads extends FilterInputStream {
    private static final int MOST_SKIPPED = 128 * 1024;

    BufferReads(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long n) throws IOException {
        return n <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(n, MOST_SKIPPED)]));
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
