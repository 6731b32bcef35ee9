package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Locale;
import java.util.zip.CRC32;

/** The lines of a saved history that are not operations. The format is described in docs/history.md. */
final class HistoryFormat {
    static final int VERSION = 1;

    /** A checkpoint comes at the latest after so many operations: what a reader holds back until it is verified. */
    static final int BLOCK = 4096;

    /** No line is longer: a damaged file must not fill the memory. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private HistoryFormat() {}

    /** The first line. */
    record First(@JsonProperty(required = true) Titled history) {}

    record Titled(
            @JsonProperty(required = true) int format,
            @JsonProperty(required = true) Header header) {}

    /** Ends a block of operations, and, as {@code end}, the file: exactly one of the two is not null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Mark(Sum checkpoint, Sum end) {
        Sum sum() {
            return end == null ? checkpoint : end;
        }
    }

    /**
     * @param operations so many in the file before this line
     * @param crc32 of all bytes after the previous mark (or the file's beginning), line ends included
     */
    record Sum(
            @JsonProperty(required = true) long operations,
            @JsonProperty(required = true) String crc32) {}

    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    static String text(CRC32 crc) {
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
