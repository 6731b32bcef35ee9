package distributedmysql.history;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a saved history. Not thread-safe. */
final class HistoryWriter {
    private final ObjectMapper mapper = HistoryFormat.mapper();
    private final CRC32 crc = new CRC32();
    private final OutputStream out;
    private final JsonGenerator json;
    private final OperationEncoder encoder;
    private long operations;
    private int sinceMark;

    HistoryWriter(OutputStream file, Header header) throws IOException {
        this.out = new CheckedOutputStream(new Compressed(file), crc);
        this.json = mapper.getFactory().createGenerator(out);
        json.setRootValueSeparator(null);
        this.encoder = new OperationEncoder(json);
        line(new HistoryFormat.First(new HistoryFormat.Titled(HistoryFormat.VERSION, header)));
    }

    void write(Operation operation) throws IOException {
        encoder.write(operation);
        json.writeRaw('\n');
        operations++;
        sinceMark++;
        if (sinceMark == HistoryFormat.BLOCK) {
            mark(false);
        }
    }

    /** All that was written so far can be read, whatever happens to this process. */
    void flush() throws IOException {
        if (sinceMark > 0) {
            mark(false);
        }
    }

    /** Writes the end record and closes the file. */
    void end() throws IOException {
        mark(true);
        json.close();
    }

    private void mark(boolean end) throws IOException {
        json.flush();
        HistoryFormat.Sum sum = new HistoryFormat.Sum(operations, HistoryFormat.text(crc));
        line(end ? new HistoryFormat.Mark(null, sum) : new HistoryFormat.Mark(sum, null));
        json.flush();
        crc.reset();
        sinceMark = 0;
    }

    private void line(Object value) throws IOException {
        mapper.writeValue(json, value);
        json.writeRaw('\n');
    }

    /** Compresses fast: the load generator needs the processor more than the disk needs the space. */
    private static final class Compressed extends GZIPOutputStream {
        Compressed(OutputStream file) throws IOException {
            super(file, 64 * 1024, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
