package distributedmysql.topology.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.topology.Await;
import distributedmysql.topology.Command;
import distributedmysql.topology.Command.Result;
import distributedmysql.topology.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The servers of docker/docker-compose.yml, under a project name and on ports of their own. */
public final class ComposeProject implements AutoCloseable {
    private static final Path FILE = Path.of("docker", "docker-compose.yml");
    private static final String PROJECT_LABEL = "com.docker.compose.project";
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private final String name = "compose-it-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> program;
    private final String version;
    private final Credentials root;
    private final Map<String, HostPort> addresses = Map.of(
            "primary", new HostPort("127.0.0.1", Ports.free()), "replica", new HostPort("127.0.0.1", Ports.free()));

    /**
     * Starts nothing yet; skips the test where the program is not installed.
     *
     * @param program {@code docker compose} or {@code docker-compose}
     */
    public ComposeProject(String program) throws IOException {
        this.program = List.of(program.split(" "));
        this.version = version();
        assumeTrue(!version.isEmpty(), () -> program + " is not installed");
        this.root = new Credentials("root", ofEnvironmentFile("MYSQL_PASSWORD"));
    }

    private String version() {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("version", "--short"));
        try {
            Result result = Command.run(command, Map.of(), DEADLINE);
            return result.exitCode() == 0 ? result.output().strip() : "";
        } catch (IOException e) {
            // There is no such program: that is the answer.
            return "";
        }
    }

    /** Returns when both are healthy. */
    public void up() throws IOException {
        // Before 2.0, Compose could not wait.
        if (version.startsWith("1.")) {
            run("up", "-d");
        } else {
            run("up", "-d", "--wait");
        }
        awaitHealth("primary", "healthy");
        awaitHealth("replica", "healthy");
    }

    /** As {@code docker/.env} has it, which a run without further settings reads too. */
    public Credentials root() {
        return root;
    }

    /** @param service {@code primary} or {@code replica} */
    public HostPort address(String service) {
        return addresses.get(service);
    }

    /** @param wanted {@code healthy} or {@code unhealthy} */
    public void awaitHealth(String service, String wanted) {
        Await.of(service + ": to be " + wanted, DEADLINE)
                .every(Duration.ofMillis(200))
                .until(() -> health(service).equals(wanted), () -> health(service));
    }

    private String health(String service) {
        DockerClient docker = DockerEngine.client();
        List<Container> found = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(PROJECT_LABEL, name, "com.docker.compose.service", service))
                .exec();
        assertThat(found).as(service).hasSize(1);
        return docker.inspectContainerCmd(found.get(0).getId())
                .exec()
                .getState()
                .getHealth()
                .getStatus();
    }

    /** The names of this project's containers, networks and volumes. */
    public List<String> left() {
        DockerClient docker = DockerEngine.client();
        List<String> label = List.of(PROJECT_LABEL + "=" + name);
        return Stream.of(
                        docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec().stream()
                                .map(container -> String.join(",", container.getNames())),
                        docker.listNetworksCmd().withFilter("label", label).exec().stream()
                                .map(network -> network.getName()),
                        docker.listVolumesCmd().withFilter("label", label).exec().getVolumes().stream()
                                .map(volume -> volume.getName()))
                .flatMap(names -> names)
                .toList();
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-p", name, "-f", FILE.toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "MYSQL_IMAGE", TestDocker.image(),
                "MYSQL_PASSWORD", root.password().text(),
                "PRIMARY_PORT", Integer.toString(address("primary").port()),
                "REPLICA_PORT", Integer.toString(address("replica").port()));
        Result result = Command.run(command, environment, DEADLINE);
        assertThat(result.exitCode()).as("%s\n%s", command, result.output()).isZero();
    }

    private static String ofEnvironmentFile(String key) throws IOException {
        return Files.readAllLines(FILE.resolveSibling(".env")).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        run("down", "--volumes");
    }
}
