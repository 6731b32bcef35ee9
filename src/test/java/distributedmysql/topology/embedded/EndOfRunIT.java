package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.config.Settings;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.TestCache;
import distributedmysql.topology.TestServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndOfRunIT {
    private static final long DEADLINE_SECONDS = 120;
    private static final Settings SETTINGS = TestServers.settings();

    // Of the test's own, so that other runs on this machine end nothing of it; what takes long to make is shared.
    @TempDir
    static Path cache;

    @TempDir
    static Path temporary;

    @BeforeAll
    static void shareWhatIsAlreadyMade() throws IOException {
        TestCache.share(cache);
    }

    @AfterAll
    static void removeLinks() throws IOException {
        TestCache.removeLinks(cache);
    }

    @Test
    void closeLeavesNoProcessAndNoDirectory() throws IOException {
        Set<Path> before = runs();
        Deployment deployment = start();
        List<Long> servers = pids(deployment);
        assertThat(runs()).hasSize(before.size() + 1);

        deployment.close();
        deployment.close();

        assertThat(runs()).isEqualTo(before);
        assertThat(servers).hasSize(2).noneMatch(EndOfRunIT::isAlive);
    }

    @Test
    void aPausedServerIsEndedToo() throws IOException {
        Set<Path> before = runs();
        Deployment deployment = start();
        deployment.replicaSet().primary().control().orElseThrow().pause();

        deployment.close();

        assertThat(runs()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"2, async, none, 6", "1, group, haproxy, 4"})
    void allEndsWithTheJvmWhenNobodyClosedIt(int shards, String replication, String router, int processes)
            throws Exception {
        Set<Path> before = runs();
        Process jvm = startJvm(shards, replication, router);
        awaitReady(jvm);
        List<ProcessHandle> started = TestCache.processes(cache);
        assertThat(started).hasSize(processes);

        // SIGTERM runs the same shutdown hooks as Ctrl-C does.
        jvm.destroy();

        assertThat(jvm.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(runs()).isEqualTo(before);
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"2, async, none, 6, '6 servers, '", "1, group, haproxy, 4, '3 servers, a router, '"})
    void whatAKilledJvmLeftBehindIsEndedByTheNextStart(
            int shards, String replication, String router, int processes, String told) throws Exception {
        Set<Path> before = runs();
        Process jvm = startJvm(shards, replication, router);
        List<Long> servers = awaitReady(jvm);
        List<ProcessHandle> started = TestCache.processes(cache);
        jvm.destroyForcibly().waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        // As after a crash in the middle of a fault.
        new ProcessBuilder("sh", "-c", "kill -STOP " + servers.get(0)).start().waitFor();
        assertThat(started).hasSize(processes).allMatch(ProcessHandle::isAlive);
        assertThat(runs()).hasSize(before.size() + 1);

        List<String> lines = new ArrayList<>();
        StaleRuns.end(CacheDirectory.open(cache, lines::add), lines::add);

        assertThat(started).noneMatch(ProcessHandle::isAlive);
        assertThat(runs()).isEqualTo(before);
        assertThat(lines).singleElement().asString().contains(told);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theServersOfALivingRunAreLeftAlone() throws Exception {
        Process jvm = startJvm(1, "async", "none");
        try (Deployment deployment = TestServers.start()) {
            List<Long> servers = new ArrayList<>(awaitReady(jvm));
            servers.addAll(pids(deployment));

            StaleRuns.end(CacheDirectory.open(cache, line -> {}), line -> {});

            assertThat(servers).hasSize(5).allMatch(EndOfRunIT::isAlive);
        } finally {
            jvm.destroy();
        }
        assertThat(jvm.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static Process startJvm(int shards, String replication, String router) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-Dembedded.cache-directory=" + cache);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-Dembedded.shards=" + shards,
                "-Dembedded.replication=" + replication,
                "-Dembedded.replicas=2",
                "-Dembedded.router=" + router));
        SETTINGS.embedded().basedir().ifPresent(basedir -> command.add("-Dembedded.basedir=" + basedir));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StartedRun.class.getName()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<Long> awaitReady(Process jvm) throws IOException {
        // The topology's own deadlines end this wait: the JVM then ends without the line.
        BufferedReader output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("ready ")) {
                return Stream.of(line.substring("ready ".length()).split(" "))
                        .map(Long::valueOf)
                        .toList();
            }
        }
        throw new AssertionError("the JVM ended before its servers were ready: " + String.join("\n", lines));
    }

    private static List<Long> pids(Deployment deployment) {
        return deployment.nodes().stream()
                .map(node -> node.control().orElseThrow().pid().orElseThrow())
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Deployment start() {
        EmbeddedSettings shared = SETTINGS.embedded();
        EmbeddedSettings own = new EmbeddedSettings(
                LayoutSettings.async(1),
                shared.basedir(),
                cache,
                shared.bufferPoolBytes(),
                shared.maxConnections(),
                RouterSettings.NONE);
        return new EmbeddedTopology(own, SETTINGS.data().database(), System.out::println).start();
    }

    private static Set<Path> runs() throws IOException {
        Path parent = cache.resolve(RunDirectory.PARENT);
        if (!Files.isDirectory(parent)) {
            return Set.of();
        }
        try (Stream<Path> runs = Files.list(parent)) {
            return runs.collect(Collectors.toSet());
        }
    }
}
