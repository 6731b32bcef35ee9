package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import distributedmysql.config.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A store or a key that cannot be used is known before anything is started")
@Timeout(60)
class StoreProbeTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void credentials() {
        S3Credentials.set();
    }

    @AfterEach
    void noCredentials() {
        S3Credentials.clear();
    }

    private static Optional<String> require(
            Optional<Path> directory, Optional<String> endpoint, Optional<KeySource> key) {
        Optional<S3Settings> bucket = endpoint.map(at -> new S3Settings(
                Optional.of(URI.create(at)), "us-east-1", "backups", "a/", true, S3Settings.LEAST_PART_BYTES));
        return BackupStores.require(
                new StoreSettings(directory, bucket, key, 1, new Retention(Duration.ofDays(1), 1)), Map.of());
    }

    private static void assertRefused(Path place, String says) {
        assertThatThrownBy(() -> require(Optional.of(place), Optional.empty(), Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("backup.store.directory = " + place + ": no backup can be stored there: ")
                .hasMessageContaining(says)
                .hasMessageEndingWith("; must be a directory, there or to be made, that this user can read and write");
    }

    @Test
    void aDirectoryThatNeedNotBeThereAndNothingIsLeftInIt() throws IOException {
        Path place = directory.resolve("a/b");

        assertThat(require(Optional.of(place), Optional.empty(), Optional.empty()))
                .isEmpty();

        assertThat(place).isEmptyDirectory();
    }

    @Test
    void aFileInPlaceOfADirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(file, "there is a file where a directory should be");
        assertRefused(file.resolve("below"), "there is a file where a directory should be");
    }

    @Test
    void aDirectoryThatNobodyCanWriteTo() {
        assertRefused(Path.of("/proc/backups"), "cannot write /proc/backups/probe-");
    }

    @Test
    void aKeyThatIsNone() throws IOException {
        Path place = directory.resolve("store");
        Path key = directory.resolve("key");

        assertThatThrownBy(() -> require(Optional.of(place), Optional.empty(), Optional.of(KeySource.ofFile(key))))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("backup.encryption.key-file = " + key + ": there is no such file; a key is");
        Files.writeString(key, "c2hvcnQ=");
        assertThatThrownBy(() -> require(Optional.of(place), Optional.empty(), Optional.of(KeySource.ofFile(key))))
                .hasMessageContaining("has 5 bytes; a key is");
        assertThat(place).doesNotExist();
    }

    @Test
    void aBucketThatCannotBeReached() {
        String endpoint = "http://127.0.0.1:1";

        assertThatThrownBy(() -> require(Optional.empty(), Optional.of(endpoint), Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("backup.store.s3.bucket = backups: no backup can be stored there: "
                        + "cannot write s3://backups/a/probe-")
                .hasMessageContaining("cannot be reached");
        assertThat(require(Optional.of(directory), Optional.of(endpoint), Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("backup.store.s3.bucket = backups: no backup can be copied there: ")
                        .contains("cannot be reached"));
    }

    @Test
    void aServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String endpoint = "http://127.0.0.1:" + silent.getLocalPort();

            assertThat(require(Optional.of(directory), Optional.of(endpoint), Optional.empty()))
                    .hasValueSatisfying(why -> assertThat(why).contains(endpoint));
        }
    }

    @Test
    void aBucketThatLetsNobodyWrite() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThatThrownBy(() -> require(
                            Optional.empty(),
                            Optional.of(
                                    "http://127.0.0.1:" + server.getAddress().getPort()),
                            Optional.empty()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("access denied")
                    .hasMessageNotContaining(S3Credentials.SECRET);
        } finally {
            server.stop(0);
        }
    }
}
