package distributedmysql.backup.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;

/**
 * What was found when a full backup was restored and compared with its source. It lies beside the backup, so that whoever restores it later
 * knows. It is not protected by the key: it is a note, and what is stored is verified without it.
 *
 * @param proven whether it held what its source held at its position; otherwise it did not
 * @param at when that was found
 * @param found one line
 */
public record Judgement(boolean proven, Instant at, String found) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    static Judgement read(byte[] file) throws IOException {
        return MAPPER.readValue(file, Judgement.class);
    }

    byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
