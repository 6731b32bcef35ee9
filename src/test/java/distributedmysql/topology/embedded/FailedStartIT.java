package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Ports;
import distributedmysql.topology.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartIT {
    private static final EmbeddedSettings SETTINGS = TestServers.settings().embedded();

    @Test
    void theEndOfTheErrorLogIsShownAndNothingIsLeft() throws IOException {
        List<Path> before = runs();

        assertThatThrownBy(() -> TestServers.start("--no-such-option=1"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("unknown variable 'no-such-option=1'");

        assertThat(runs()).isEqualTo(before);
    }

    @Test
    void aBasedirWithoutServerIsRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> start(Optional.of(empty), SETTINGS.cacheDirectory()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("embedded.basedir = " + empty)
                .hasMessageContaining("bin/mysqld");
        assertThatThrownBy(() -> start(Optional.of(empty.resolve("absent")), SETTINGS.cacheDirectory()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("is no directory");
    }

    @Test
    void aCacheDirectoryThatCannotBeWrittenToIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> start(Optional.empty(), file.resolve("cache")))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("embedded.cache-directory = " + file.resolve("cache"));
    }

    @Test
    void anotherPortIsTakenWhereTheFirstIsInUse() throws IOException {
        CacheDirectory cache = CacheDirectory.open(SETTINGS.cacheDirectory(), line -> {});
        ServerBinary binary = ServerBinaries.find(SETTINGS, cache, line -> {});
        ServerOptions options = new ServerOptions(binary, SETTINGS, List.of(), cache.ownerOfNewFiles() == 0);
        Accounts accounts = Accounts.generate("127.%");
        int free = Ports.free();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                RunDirectory run = RunDirectory.create(cache)) {
            Queue<Integer> ports = new ArrayDeque<>(List.of(taken.getLocalPort(), free));
            ServerProcess server = new ServerProcess("node1", 1, run, options, accounts.admin(), ports::remove);

            server.startFirst(
                    DataTemplate.of(options, cache, line -> {}),
                    accounts.statements("some_database"),
                    Duration.ofSeconds(90));

            assertThat(server.address().port()).isEqualTo(free);
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static void start(Optional<Path> basedir, Path cache) {
        new EmbeddedTopology(
                        new EmbeddedSettings(
                                LayoutSettings.async(1),
                                basedir,
                                cache,
                                SETTINGS.bufferPoolBytes(),
                                SETTINGS.maxConnections(),
                                RouterSettings.NONE),
                        "some_database",
                        line -> {})
                .start()
                .close();
    }

    private static List<Path> runs() throws IOException {
        Path parent = SETTINGS.cacheDirectory().resolve(RunDirectory.PARENT);
        try (Stream<Path> runs = Files.isDirectory(parent) ? Files.list(parent) : Stream.empty()) {
            // Other processes may start and end runs of their own meanwhile.
            String own = "run-" + ProcessHandle.current().pid() + "-";
            return runs.filter(run -> run.getFileName().toString().startsWith(own))
                    .sorted()
                    .toList();
        }
    }
}
