package distributedmysql.backup.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as it is stored: a line with the manifest as JSON, and a line that seals it, with the SHA-256 of the first line's
 * bytes and, if there is a key, its id and the HMAC-SHA256 of them. Not one JSON value, because then what is sealed would
 * depend on how a library writes numbers and spaces.
 */
final class ManifestFile {
    private static final Pattern SEAL = Pattern.compile(
            "\\{\"sha256\":\"([0-9a-f]{64})\"(?:,\"key\":\"([0-9a-f]{16})\",\"hmac\":\"([0-9a-f]{64})\")?}");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ManifestFile() {}

    static byte[] bytes(Manifest manifest, Optional<EncryptionKey> key) {
        try {
            return sealed(MAPPER.writeValueAsBytes(manifest), key);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param body a line without its end */
    static byte[] sealed(byte[] body, Optional<EncryptionKey> key) {
        String seal = "{\"sha256\":\"" + Measured.sha256(body) + "\""
                + key.map(with -> ",\"key\":\"" + with.id() + "\",\"hmac\":\"" + with.seal(body) + "\"")
                        .orElse("")
                + "}";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(body);
        file.write('\n');
        file.writeBytes(seal.getBytes(StandardCharsets.US_ASCII));
        file.write('\n');
        return file.toByteArray();
    }

    /**
     * @param where what the file is called in messages
     * @param backup whose it must be
     * @throws DamagedBackupException if it is not as it was written, or is another backup's
     * @throws WrongKeyException if it was sealed with another key than this
     */
    static Manifest read(String where, String backup, byte[] file, Optional<EncryptionKey> key) throws StoreException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        Matcher seal = SEAL.matcher(end < 0 || !text.endsWith("\n") ? "" : text.substring(end + 1, text.length() - 1));
        if (!seal.matches()) {
            throw new DamagedBackupException(
                    where, "does not end with the line that seals a manifest; its end is cut off or changed");
        }
        byte[] body = text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
        if (!Measured.sha256(body).equals(seal.group(1))) {
            throw new DamagedBackupException(
                    where, "its contents have changed: their SHA-256 is not that of its last line");
        }
        requireKey(where, seal, key);
        if (key.isPresent() && !isSealed(body, seal.group(3), key.get())) {
            throw new DamagedBackupException(
                    where, "was edited: its seal was not made of these contents with " + key.get());
        }
        return parsed(where, backup, body, key);
    }

    private static void requireKey(String where, Matcher seal, Optional<EncryptionKey> key) throws WrongKeyException {
        Optional<String> made = Optional.ofNullable(seal.group(2));
        if (!made.equals(key.map(EncryptionKey::id))) {
            throw new WrongKeyException(where + ": the wrong key: the backup was made "
                    + made.map(id -> "with key " + id).orElse("without a key") + ", and backup.encryption "
                    + key.map(with -> "has " + with).orElse("has none"));
        }
    }

    private static boolean isSealed(byte[] body, String hmac, EncryptionKey key) {
        return MessageDigest.isEqual(
                key.seal(body).getBytes(StandardCharsets.US_ASCII), hmac.getBytes(StandardCharsets.US_ASCII));
    }

    private static Manifest parsed(String where, String backup, byte[] body, Optional<EncryptionKey> key)
            throws DamagedBackupException {
        Manifest manifest;
        try {
            manifest = MAPPER.readValue(body, Manifest.class);
        } catch (ValueInstantiationException e) {
            throw new DamagedBackupException(
                    where, "is no manifest: " + e.getCause().getMessage());
        } catch (JsonProcessingException e) {
            throw new DamagedBackupException(where, "is no manifest: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new DamagedBackupException(where, "is no manifest: " + e.getMessage());
        }
        if (!manifest.id().equals(backup)) {
            throw new DamagedBackupException(where, "is the manifest of another backup, " + manifest.id());
        }
        if (!manifest.key().equals(key.map(EncryptionKey::id))) {
            throw new DamagedBackupException(where, "names another key inside than in its seal");
        }
        return manifest;
    }
}
