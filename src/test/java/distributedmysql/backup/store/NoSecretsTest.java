package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName(
        "No key and no credential gets into a message, a text form, a manifest or a log, not even at the most detailed level")
class NoSecretsTest {
    private static final byte[] KEY = Samples.noise(EncryptionKey.BYTES, 77);
    private static final String KEY_TEXT = Base64.getEncoder().encodeToString(KEY);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> shown = new ArrayList<>();
    private Appender<ILoggingEvent> console;
    private Level level;

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        level = root.getLevel();
        root.setLevel(Level.TRACE);
        console = root.getAppender("CONSOLE");
        root.detachAppender(console);
        log.start();
        root.addAppender(log);
        S3Credentials.set();
    }

    @AfterEach
    void end() {
        S3Credentials.clear();
        root.detachAppender(log);
        root.addAppender(console);
        root.setLevel(level);
    }

    @Test
    void everywhere() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), KEY_TEXT);
        StoreSettings settings = settings(file);
        try (BackupStores stores = BackupStores.open(settings, Map.of(), Samples.CLOCK)) {
            show(settings, stores, stores.first(), settings.key().orElseThrow().read(Map.of()));
            Manifest made = Samples.make(stores.first(), Samples.full(), 5_000, "a");
            show(made, stores.first().list());
            fails(() -> stores.first().copy(made, stores.second().orElseThrow()));
            Path stored = directory.resolve("backups").resolve(made.id());
            show(Files.readString(stored.resolve(Names.MANIFEST)));
            Files.write(stored.resolve("a"), new byte[(int) made.bytes()]);
            fails(() -> stores.first().verify(made));
            fails(() -> new BackupStore(
                            new LocalStore(directory.resolve("backups")), Optional.empty(), 1, Samples.CLOCK)
                    .verify(made));
        }
        fails(() -> KeySource.ofVariable("K").read(Map.of("K", KEY_TEXT + "?")));
        fails(() -> KeySource.ofVariable("K").read(Map.of("K", KEY_TEXT.substring(4))));
        Files.writeString(file, KEY_TEXT + KEY_TEXT);
        fails(() -> KeySource.ofFile(file).read(Map.of()));
        log.list.forEach(event -> show(event.getFormattedMessage()));

        assertThat(shown).hasSizeGreaterThan(10).allSatisfy(NoSecretsTest::hasNone);
    }

    /** A bucket that cannot be reached, so that the SDK has something to say. */
    private StoreSettings settings(Path key) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return new StoreSettings(
                Optional.of(directory.resolve("backups")),
                Optional.of(new S3Settings(
                        Optional.of(URI.create("http://127.0.0.1:" + port)),
                        "us-east-1",
                        "backups",
                        "",
                        true,
                        5 << 20)),
                Optional.of(KeySource.ofFile(key)),
                1,
                new Retention(Duration.ofDays(1), 1));
    }

    private interface Failing {
        void run() throws Exception;
    }

    private void fails(Failing what) {
        try {
            what.run();
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            show(trace);
            return;
        }
        throw new AssertionError("it should have failed");
    }

    private void show(Object... values) {
        for (Object value : values) {
            shown.add(String.valueOf(value));
        }
    }

    private static void hasNone(String text) {
        assertThat(text)
                .doesNotContain(KEY_TEXT)
                .doesNotContain(KEY_TEXT.substring(0, 12))
                .doesNotContainIgnoringCase(HexFormat.of().formatHex(KEY, 0, 8))
                .doesNotContain(new String(KEY, 0, 8, StandardCharsets.ISO_8859_1))
                .doesNotContain(S3Credentials.SECRET);
    }
}
