package distributedmysql.backup.store;

import distributedmysql.config.Plural;
import distributedmysql.config.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Where the key of backups is: in a file, or in an environment variable; exactly one of both. Holds nothing of the key.
 *
 * @param file its only line is the key
 * @param variable its value is the key
 */
public record KeySource(Optional<Path> file, Optional<String> variable) {
    private static final String REQUIRED = "a key is 32 random bytes in Base64, as openssl rand -base64 32 makes them";

    /** Of {@code backup.encryption.key-file}. */
    public static KeySource ofFile(Path file) {
        return new KeySource(Optional.of(file), Optional.empty());
    }

    /** Of {@code backup.encryption.key-variable}. */
    public static KeySource ofVariable(String name) {
        return new KeySource(Optional.empty(), Optional.of(name));
    }

    /**
     * @param environment usually {@link System#getenv()}
     * @throws SettingsException if there is no key; names the file or the variable, what is wrong, and nothing of what is in it
     */
    public EncryptionKey read(Map<String, String> environment) {
        byte[] key = decoded(text(environment));
        if (key.length != EncryptionKey.BYTES) {
            throw refused("has " + Plural.of(key.length, "byte") + "; " + REQUIRED);
        }
        return new EncryptionKey(key);
    }

    private String text(Map<String, String> environment) {
        if (variable.isPresent()) {
            String value = environment.get(variable.get());
            if (value == null || value.isBlank()) {
                throw refused("is not set; " + REQUIRED);
            }
            return value.strip();
        }
        try {
            // A key is short; what somebody names by mistake may not be.
            if (Files.size(file.get()) > 1024) {
                throw refused("is larger than any key; " + REQUIRED);
            }
            String text = Files.readString(file.get()).strip();
            if (text.isEmpty()) {
                throw refused("is empty; " + REQUIRED);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refused("is not text; " + REQUIRED);
        } catch (NoSuchFileException e) {
            throw refused("there is no such file; " + REQUIRED);
        } catch (IOException e) {
            throw refused("cannot be read: " + e);
        }
    }

    private byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its message quotes a character of the key.
            throw refused("is not Base64; " + REQUIRED);
        }
    }

    private SettingsException refused(String why) {
        return new SettingsException(this + ": " + why);
    }

    @Override
    public String toString() {
        return file.map(path -> "backup.encryption.key-file = " + path)
                .orElseGet(() -> "backup.encryption.key-variable = " + variable.orElse(""));
    }
}
