package distributedmysql.simulations;

import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestCache;
import distributedmysql.topology.TestServers;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Plays simulations for a test, each in a JVM of its own: {@code @RegisterExtension final Simulations simulations = new
 * Simulations()}. A test has a cache directory to itself, and each run a directory for its results; all is removed after
 * the test. Where one run is enough for a test, {@link SimulationRun} is shorter.
 */
final class Simulations implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private Path directory;

    /** For what the test writes besides. */
    Path directory() {
        return directory;
    }

    /** Of the servers that the runs start. */
    Path cache() {
        return directory.resolve("cache");
    }

    /** On servers that the run starts, to its end. */
    PlayedRun play(Class<? extends Simulation> simulation, String... settings) throws Exception {
        return playAs("", simulation, settings);
    }

    /** The same, with the password of {@code external.user}. */
    PlayedRun playAs(String password, Class<? extends Simulation> simulation, String... settings) throws Exception {
        try (SimulationProcess process = startAs(password, simulation, settings)) {
            return process.end();
        }
    }

    /** As the administrator of servers that are there. */
    PlayedRun playOn(ReplicaSet servers, Class<? extends Simulation> simulation, String... settings) throws Exception {
        try (SimulationProcess process = startOn(servers, simulation, settings)) {
            return process.end();
        }
    }

    /** The caller closes it. */
    SimulationProcess start(Class<? extends Simulation> simulation, String... settings) throws IOException {
        return startAs("", simulation, settings);
    }

    /** The same, with results in a directory that other runs may use too. */
    SimulationProcess startIn(Path results, Class<? extends Simulation> simulation, String... settings)
            throws IOException {
        return SimulationProcess.start(false, simulation, cache(), results, "", settings);
    }

    SimulationProcess startAs(String password, Class<? extends Simulation> simulation, String... settings)
            throws IOException {
        return SimulationProcess.start(false, simulation, cache(), newResults(), password, settings);
    }

    SimulationProcess startOn(ReplicaSet servers, Class<? extends Simulation> simulation, String... settings)
            throws IOException {
        String[] all = Stream.of(
                        TestServers.external(servers).stream(),
                        Stream.of("external.user=" + servers.primary().admin().user()),
                        Stream.of(settings))
                .flatMap(each -> each)
                .toArray(String[]::new);
        return startAs(servers.primary().admin().password().text(), simulation, all);
    }

    Path newResults() throws IOException {
        return Files.createTempDirectory(directory, "results");
    }

    void open() throws IOException {
        directory = Files.createTempDirectory("simulations");
        TestCache.share(Files.createDirectory(cache()));
    }

    @Override
    public void close() throws IOException {
        // What is shared is linked, and a link is removed and not followed.
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(entry);
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        close();
    }
}
