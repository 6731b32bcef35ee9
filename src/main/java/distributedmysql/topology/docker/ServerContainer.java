package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.WaitResponse;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.ReplicationNetwork;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One mysqld in its container. The container keeps its port and its volume when the server dies. Thread-safe as far as
 * {@link ServerControl} promises.
 */
final class ServerContainer implements ServerControl, ReplicationNetwork {
    static final int MYSQL_PORT = 3306;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Of its log, in a line of the console. */
    private static final int LINES_OF_END = 3;

    private final String name;
    private final DockerClient docker;
    private final String container;
    private final String replicationNetwork;
    private final HostPort address;
    private final Credentials admin;
    private final BooleanSupplier isRunEnding;
    private volatile boolean mayEnd;
    private volatile Consumer<String> onUnexpectedEnd = line -> {};

    /** @param isRunEnding whether the containers are being removed */
    ServerContainer(
            String name,
            DockerClient docker,
            String container,
            String replicationNetwork,
            HostPort address,
            Credentials admin,
            BooleanSupplier isRunEnding) {
        this.name = name;
        this.docker = docker;
        this.container = container;
        this.replicationNetwork = replicationNetwork;
        this.address = address;
        this.admin = admin;
        this.isRunEnding = isRunEnding;
    }

    HostPort address() {
        return address;
    }

    /** Where peers reach it; a name that only the replication network knows. */
    HostPort peerAddress() {
        return new HostPort(peerHost(name), MYSQL_PORT);
    }

    /** Of the server with this name. */
    static String peerHost(String name) {
        return name + ".replication";
    }

    @Override
    public void kill() {
        mayEnd = true;
        run("kill", () -> docker.killContainerCmd(container).withSignal("KILL").exec());
        Await.of(this + ": its end after SIGKILL", DEADLINE)
                .every(PAUSE)
                .until(() -> !isAlive(), () -> "it still runs");
    }

    @Override
    public void pause() {
        run("pause", () -> docker.pauseContainerCmd(container).exec());
    }

    /** Does nothing if it is not paused. */
    @Override
    public void resume() {
        if (Boolean.TRUE.equals(state().getPaused())) {
            run("unpause", () -> docker.unpauseContainerCmd(container).exec());
        }
    }

    @Override
    public void start(Duration deadline) {
        if (isAlive()) {
            throw new TopologyException(this + ": runs already");
        }
        run("start", () -> docker.startContainerCmd(container).exec());
        mayEnd = false;
        tellEnd();
        awaitConnections(deadline);
    }

    @Override
    public boolean isAlive() {
        return Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public void mayEnd() {
        mayEnd = true;
    }

    @Override
    public Optional<String> unexpectedEnd() {
        if (mayEnd || isRunEnding.getAsBoolean() || Ending.hasBegun()) {
            return Optional.empty();
        }
        try {
            InspectContainerResponse.ContainerState state = state();
            return Boolean.TRUE.equals(state.getRunning())
                    ? Optional.empty()
                    : Optional.of("it has ended unexpectedly, with "
                            + ExitCode.words(state.getExitCodeLong().intValue()));
        } catch (TopologyException e) {
            // The engine does not answer, or somebody has removed the container.
            return Optional.empty();
        }
    }

    @Override
    public void onUnexpectedEnd(Consumer<String> told) {
        onUnexpectedEnd = told;
        tellEnd();
    }

    /** The engine answers when the container has ended. */
    private void tellEnd() {
        docker.waitContainerCmd(container).exec(new ResultCallback.Adapter<WaitResponse>() {
            @Override
            public void onNext(WaitResponse end) {
                // Not in onComplete, which interrupts this thread.
                unexpectedEnd()
                        .ifPresent(how -> onUnexpectedEnd.accept(ServerContainer.this + ": " + how
                                + "; the end of its log:\n" + DockerEngine.log(docker, container, LINES_OF_END)));
            }
        });
    }

    @Override
    public OptionalLong pid() {
        Long pid = state().getPidLong();
        return pid != null && pid > 0 && isServer(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /** The engine may be in a virtual machine, where the process has the number of another one here. */
    private static boolean isServer(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .startsWith("mysqld");
        } catch (IOException e) {
            // Not Linux, or no such process here: it is elsewhere.
            return false;
        }
    }

    @Override
    public Optional<ReplicationNetwork> replicationNetwork() {
        return Optional.of(this);
    }

    @Override
    public void disconnect() {
        if (isConnected()) {
            run(
                    "network disconnect",
                    () -> docker.disconnectFromNetworkCmd()
                            .withNetworkId(replicationNetwork)
                            .withContainerId(container)
                            .withForce(true)
                            .exec());
        }
    }

    @Override
    public void reconnect() {
        if (!isConnected()) {
            run(
                    "network connect",
                    () -> docker.connectToNetworkCmd()
                            .withNetworkId(replicationNetwork)
                            .withContainerId(container)
                            .withContainerNetwork(new ContainerNetwork()
                                    .withAliases(List.of(peerAddress().host())))
                            .exec());
        }
    }

    private boolean isConnected() {
        return inspect().getNetworkSettings().getNetworks().values().stream()
                .anyMatch(network -> replicationNetwork.equals(network.getNetworkID()));
    }

    /** Returns when the server answers; it does not listen before its first start's work is done. */
    void awaitConnections(Duration deadline) {
        Await.of(this + ": it to take connections", deadline)
                .every(PAUSE)
                .untilNo(this::whyNoConnection, () -> "the end of its log:\n" + tail());
    }

    private Optional<String> whyNoConnection() {
        if (!isAlive()) {
            throw new TopologyException(this + ": the container ended with exit code " + state().getExitCodeLong()
                    + "; the end of its log:\n" + tail());
        }
        return Mysql.whyNoConnection(address, admin);
    }

    private InspectContainerResponse inspect() {
        try {
            return docker.inspectContainerCmd(container).exec();
        } catch (DockerException e) {
            throw new TopologyException(this + ": docker inspect: " + DockerEngine.reason(e));
        }
    }

    private InspectContainerResponse.ContainerState state() {
        return inspect().getState();
    }

    private void run(String what, Runnable command) {
        try {
            command.run();
            DebugLog.TOPOLOGY.say(() -> this + ": docker " + what);
        } catch (DockerException e) {
            throw new TopologyException(this + ": docker " + what + ": " + DockerEngine.reason(e));
        }
    }

    private String tail() {
        return DockerEngine.log(docker, container);
    }

    @Override
    public String toString() {
        return name + " (" + address + ")";
    }
}
