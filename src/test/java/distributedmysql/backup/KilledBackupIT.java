package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.TestCache;
import distributedmysql.topology.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A backup whose JVM is killed by SIGKILL is not listed, and the next run removes it")
class KilledBackupIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path cache;

    @TempDir
    private Path directory;

    @BeforeEach
    void share() throws IOException {
        TestCache.share(cache);
    }

    @AfterEach
    void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone", "dump"})
    void killed(String strategy) throws Exception {
        Path said = directory.resolve("said");
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dembedded.cache-directory=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedBackup.class.getName(),
                        directory.resolve("store").toString(),
                        strategy)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (Backups backups = Backups.in(directory.resolve("store"), SpareServers.none("only looks"))) {
            BackupStore store = backups.store();
            await().alias("a backup that has begun")
                    .atMost(DEADLINE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> store.list().unfinished().size() == 1);
            String written = store.list().unfinished().get(0).id();
            jvm.destroyForcibly().waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);

            assertThat(Files.readString(said)).contains("begins");
            assertThat(store.list().usable()).isEmpty();
            assertThat(store.list().find(written)).isEmpty();
            assertThat(store.removeUnfinished()).containsExactly(written);
            assertThat(store.list().unfinished()).isEmpty();
        } finally {
            jvm.destroyForcibly();
        }
        TestServers.startIn(cache).close();
        try (Stream<Path> runs = Files.list(cache.resolve("runs"))) {
            assertThat(runs.toList()).isEqualTo(List.of());
        }
        assertThat(TestCache.processes(cache)).isEmpty();
    }
}
