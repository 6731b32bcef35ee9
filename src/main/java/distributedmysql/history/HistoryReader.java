package distributedmysql.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import distributedmysql.config.Plural;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Reads a saved history block by block; a block is handed over only when its checkpoint has confirmed it. */
final class HistoryReader implements AutoCloseable {
    private static final byte[] OPERATION = "{\"op\":".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper mapper = HistoryFormat.mapper();
    private final OperationDecoder decoder = new OperationDecoder();
    private final CRC32 crc = new CRC32();
    private final LineReader lines;
    private final Header header;
    private long operations;
    private boolean ended;

    HistoryReader(Path file) throws DamageException {
        this.lines = LineReader.open(file);
        try {
            this.header = readHeader();
        } catch (DamageException | RuntimeException e) {
            close();
            throw e;
        }
    }

    Header header() {
        return header;
    }

    /** @return the next operations; empty at the end of a history that is whole */
    List<Operation> nextBlock() throws DamageException {
        List<Operation> block = new ArrayList<>();
        if (ended) {
            return block;
        }
        while (lines.next()) {
            if (lines.startsWith(OPERATION)) {
                if (block.size() == HistoryFormat.BLOCK) {
                    throw damage("no checkpoint after " + Plural.of(HistoryFormat.BLOCK, "operation"));
                }
                block.add(operation());
                lines.addTo(crc);
                continue;
            }
            ended = verify(block.size());
            if (ended) {
                requireNothingMore();
            }
            if (ended || !block.isEmpty()) {
                return block;
            }
        }
        throw damage("the end record is missing: the file is truncated, or the run was interrupted");
    }

    private Header readHeader() throws DamageException {
        if (!lines.next()) {
            throw damage("the file is empty");
        }
        try {
            String line = lines.text();
            int format = mapper.readTree(line).path("history").path("format").asInt();
            if (format != HistoryFormat.VERSION) {
                throw damage(
                        format == 0
                                ? "not the header of a history"
                                : "format " + format + "; only format " + HistoryFormat.VERSION + " can be read");
            }
            lines.addTo(crc);
            return mapper.readValue(line, HistoryFormat.First.class).history().header();
        } catch (JsonProcessingException e) {
            throw damage("not the header of a history: " + e.getOriginalMessage());
        }
    }

    private Operation operation() throws DamageException {
        try {
            return decoder.decode(lines.bytes(), lines.length());
        } catch (JsonProcessingException e) {
            throw damage("not JSON: " + e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            throw damage(e.getMessage());
        }
    }

    /** @return whether the mark is the end record */
    private boolean verify(int found) throws DamageException {
        HistoryFormat.Mark mark;
        try {
            mark = mapper.readValue(lines.text(), HistoryFormat.Mark.class);
        } catch (JsonProcessingException e) {
            throw damage("neither an operation nor a checkpoint: " + e.getOriginalMessage());
        }
        if (mark == null || (mark.checkpoint() == null) == (mark.end() == null)) {
            throw damage("neither an operation nor a checkpoint");
        }
        HistoryFormat.Sum sum = mark.sum();
        if (!sum.crc32().equals(HistoryFormat.text(crc)) || sum.operations() != operations + found) {
            throw damage("checksum or count does not fit, so what is before this line is damaged: "
                    + Plural.of(found, "operation")
                    + " (CRC-32 " + HistoryFormat.text(crc) + ", " + Plural.of(operations + found, "operation")
                    + " in all; expected "
                    + sum.crc32() + ", " + sum.operations() + ")");
        }
        operations += found;
        crc.reset();
        return mark.end() != null;
    }

    private void requireNothingMore() throws DamageException {
        if (lines.next()) {
            throw damage("there is more after the end record");
        }
    }

    private DamageException damage(String what) {
        return new DamageException(lines.number(), what);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new HistoryException("cannot close the history: " + e.getMessage());
        }
    }
}
