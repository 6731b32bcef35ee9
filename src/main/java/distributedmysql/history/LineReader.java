package distributedmysql.history;

import distributedmysql.config.Plural;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** The lines of a compressed file, as bytes that are overwritten by the next line. Not thread-safe. */
final class LineReader implements AutoCloseable {
    private final InputStream in;
    private final byte[] chunk = new byte[64 * 1024];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private long number;

    private LineReader(InputStream in) {
        this.in = in;
    }

    static LineReader open(Path file) throws DamageException {
        InputStream raw;
        try {
            raw = Files.newInputStream(file);
        } catch (IOException e) {
            throw new HistoryException(file + ": cannot be read: " + e);
        }
        try {
            return new LineReader(new GZIPInputStream(raw, 64 * 1024));
        } catch (IOException e) {
            closeQuietly(raw);
            throw new DamageException(1, "not a compressed history: " + reason(e));
        }
    }

    /** Goes to the next line; false at the end of the file. A last line without a line end is damage. */
    boolean next() throws DamageException {
        number++;
        length = 0;
        while (true) {
            if (position == limit && !fill()) {
                if (length > 0) {
                    throw new DamageException(number, "the file ends in the middle of this line");
                }
                return false;
            }
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            append(end);
            if (end < limit) {
                position = end + 1;
                return true;
            }
            position = end;
        }
    }

    private boolean fill() throws DamageException {
        try {
            position = 0;
            limit = Math.max(0, in.read(chunk));
            return limit > 0;
        } catch (IOException e) {
            limit = 0;
            throw new DamageException(number, "the file is damaged here or shortly after: " + reason(e));
        }
    }

    private void append(int end) throws DamageException {
        int more = end - position;
        if (length + more > HistoryFormat.MAX_LINE_BYTES) {
            throw new DamageException(number, "longer than " + Plural.of(HistoryFormat.MAX_LINE_BYTES, "byte"));
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(chunk, position, line, length, more);
        length += more;
    }

    private static String reason(IOException e) {
        return e instanceof EOFException ? "it ends too early (truncated)" : e.getMessage();
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** Holds the line in its first {@link #length()} bytes, until {@link #next()}. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Adds the line and its line end. */
    void addTo(CRC32 crc) {
        crc.update(line, 0, length);
        crc.update('\n');
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // The file is already known to be of no use; why is reported by the caller.
        }
    }
}
