package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySourceTest {
    private static final String KEY = Base64.getEncoder().encodeToString(Samples.noise(32, 5));
    private static final String REQUIRED =
            "; a key is 32 random bytes in Base64, as openssl rand -base64 32 makes them";

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("key"), text);
    }

    private static void assertRefused(KeySource source, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> source.read(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }

    @Test
    void ofAFileAndOfAVariableItIsTheSame() throws IOException {
        EncryptionKey ofFile = KeySource.ofFile(file(KEY + "\n")).read(Map.of());
        EncryptionKey ofVariable = KeySource.ofVariable("K").read(Map.of("K", KEY));

        assertThat(ofFile.id()).isEqualTo(ofVariable.id()).matches("[0-9a-f]{16}");
        assertThat(ofFile).hasToString("key " + ofFile.id());
        assertThat(Samples.key(1).id()).isNotEqualTo(Samples.key(2).id());
    }

    @Test
    void aVariableThatIsNotSetOrIsNoKey() {
        KeySource source = KeySource.ofVariable("BACKUP_KEY");
        String name = "backup.encryption.key-variable = BACKUP_KEY: ";

        assertRefused(source, Map.of(), name + "is not set" + REQUIRED);
        assertRefused(source, Map.of("BACKUP_KEY", " "), name + "is not set" + REQUIRED);
        assertRefused(source, Map.of("BACKUP_KEY", "c2hvcnQ="), name + "has 5 bytes" + REQUIRED);
        assertRefused(source, Map.of("BACKUP_KEY", "my password"), name + "is not Base64" + REQUIRED);
    }

    @Test
    void aFileThatIsNotThereOrHasNoKey() throws IOException {
        Path file = directory.resolve("key");
        KeySource source = KeySource.ofFile(file);
        String name = "backup.encryption.key-file = " + file + ": ";

        assertRefused(source, Map.of(), name + "there is no such file" + REQUIRED);
        file("");
        assertRefused(source, Map.of(), name + "is empty" + REQUIRED);
        file(KEY + "\n" + KEY);
        assertRefused(source, Map.of(), name + "is not Base64" + REQUIRED);
        file("x".repeat(2000));
        assertRefused(source, Map.of(), name + "is larger than any key" + REQUIRED);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        assertRefused(source, Map.of(), name + "is not text" + REQUIRED);
    }

    @Test
    void aDirectoryIsNoKey() {
        assertThatThrownBy(() -> KeySource.ofFile(directory).read(Map.of()))
                .hasMessageStartingWith("backup.encryption.key-file = " + directory + ": ");
    }
}
