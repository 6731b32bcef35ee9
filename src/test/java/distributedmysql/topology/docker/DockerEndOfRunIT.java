package distributedmysql.topology.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.DockerSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However a run ends, nothing is left. */
class DockerEndOfRunIT {
    private static final long DEADLINE_SECONDS = 180;

    @BeforeEach
    void assumeDocker() {
        TestDocker.assumeUsable();
    }

    @Tag("nightly")
    @Test
    void ctrlCRemovesAllAndTheNextRunRemovesWhatAKilledOneLeft() throws Exception {
        long volumes = TestDocker.volumes();
        Process interrupted = startJvm(1);
        Process killed = startJvm(2);
        awaitReady(interrupted);
        awaitReady(killed);
        assertThat(TestDocker.left(interrupted.pid())).hasSize(4);

        // SIGTERM runs the same shutdown hooks as Ctrl-C does.
        interrupted.destroy();
        assertThat(interrupted.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(TestDocker.left(interrupted.pid())).isEmpty();

        killed.destroyForcibly().waitFor();
        assertThat(TestDocker.left(killed.pid())).as("of 2 shards").hasSize(6);
        RunLabel.removeLeftOvers(DockerEngine.client(), System.out::println);
        assertThat(TestDocker.left(killed.pid())).isEmpty();
        assertThat(TestDocker.volumes()).isEqualTo(volumes);
    }

    @Test
    void anImageThatCannotBeHadIsNamedWithTheOtherWaysAndLeavesNothing() {
        long pid = ProcessHandle.current().pid();
        DockerSettings settings = new DockerSettings(
                "localhost:1/no-such-image:1", LayoutSettings.async(1), 64L << 20, 100, RouterSettings.NONE);

        assertThatThrownBy(() -> new DockerTopology(settings, Path.of("unused"), "x", System.out::println).start())
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll("docker.image = localhost:1/no-such-image:1", "-Dtopology=embedded");
        assertThat(TestDocker.left(pid)).isEmpty();
    }

    private static Process startJvm(int shards) throws IOException {
        List<String> command = Stream.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-Ddocker.image=" + TestDocker.image(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedDockerRun.class.getName(),
                        Integer.toString(shards))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Nobody has to set any, whatever can be fetched.
        builder.environment().keySet().removeIf(key -> key.startsWith("TESTCONTAINERS_"));
        return builder.start();
    }

    private static void awaitReady(Process jvm) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader reader = jvm.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals(StartedDockerRun.READY)) {
                return;
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("the run ended:\n" + output);
    }
}
