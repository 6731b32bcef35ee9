package distributedmysql.topology.embedded;

import distributedmysql.config.HostPort;
import distributedmysql.topology.Credentials;
import distributedmysql.topology.Node;
import distributedmysql.topology.ServerControl;
import distributedmysql.topology.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One mysqld of a run. Thread-safe as far as {@link ServerControl} promises. */
final class ServerProcess implements ServerControl {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;
    private static final int PORT_ATTEMPTS = 5;
    private static final String PORT_TAKEN = "Bind on TCP/IP port: Address already in use";

    private final String name;
    private final RunDirectory run;
    private final ServerOptions options;
    private final int serverId;
    private final Credentials admin;
    private final Path data;
    private final Path files;
    private final Path log;
    private volatile int port;
    private volatile Process process;

    ServerProcess(String name, int serverId, RunDirectory run, ServerOptions options, Credentials admin) {
        this.name = name;
        this.serverId = serverId;
        this.run = run;
        this.options = options;
        this.admin = admin;
        this.data = run.path().resolve(name).resolve("data");
        this.files = run.path().resolve(name);
        this.log = files.resolve("error.log");
    }

    /**
     * Starts the server for the first time, on a copy of the template and a free port.
     *
     * @param initStatements run before the first connection is accepted
     */
    void startFirst(DataTemplate template, List<String> initStatements, Duration deadline) throws IOException {
        Files.createDirectory(files);
        template.copyTo(data);
        Path initFile = files.resolve("init.sql");
        Accounts.write(initFile, initStatements);
        try {
            for (int attempt = 1; ; attempt++) {
                port = Ports.free();
                spawn(List.of("--init-file=" + initFile));
                try {
                    awaitConnections(deadline);
                    return;
                } catch (TopologyException e) {
                    // Somebody took the port meanwhile: mysqld ends before it has run the init file.
                    if (attempt == PORT_ATTEMPTS || !e.getMessage().contains(PORT_TAKEN)) {
                        throw e;
                    }
                }
            }
        } finally {
            Files.deleteIfExists(initFile);
        }
    }

    String name() {
        return name;
    }

    HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    @Override
    public synchronized void start(Duration deadline) {
        if (isAlive()) {
            throw new TopologyException(this + ": runs already");
        }
        try {
            // mysqld refuses to start beside the socket's lock file of a killed one, if its process id is taken again.
            Files.deleteIfExists(data.resolve("mysqld.sock"));
            Files.deleteIfExists(data.resolve("mysqld.sock.lock"));
            spawn(List.of("--super-read-only=ON"));
        } catch (IOException e) {
            throw new TopologyException(this + ": cannot be started: " + e);
        }
        awaitConnections(deadline);
    }

    @Override
    public void kill() {
        Process killed = process;
        killed.destroyForcibly();
        try {
            if (killed.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new TopologyException(
                this + ": process " + killed.pid() + " still there " + KILL_DEADLINE.toSeconds() + " s after SIGKILL");
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String toString() {
        return name + " (" + address() + ")";
    }

    private void spawn(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(options.run(data, files, serverId, port));
        command.addAll(more);
        // No --log-error: what the server says before it has opened a log (a missing library) belongs there too.
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(options.binary().environment());
        process = run.spawn(builder);
    }

    private void awaitConnections(Duration deadline) {
        long start = System.nanoTime();
        String last = "";
        while (System.nanoTime() - start < deadline.toNanos()) {
            if (!process.isAlive()) {
                throw new TopologyException(this + ": mysqld ended with exit code " + process.exitValue()
                        + "; the end of its error log:\n" + ServerLog.tail(log));
            }
            try {
                Node.connect(address(), admin).close();
                return;
            } catch (SQLException e) {
                last = e.getMessage().lines().findFirst().orElse("");
            }
            sleep();
        }
        throw new TopologyException(this + ": waited " + deadline.toSeconds() + " s for connections; last: " + last
                + "; the end of its error log:\n" + ServerLog.tail(log));
    }

    private void signal(String signal) {
        try {
            // The shell's own kill: a program of that name is not everywhere.
            Command.Result result =
                    Command.run(List.of("sh", "-c", "kill -" + signal + " " + pid()), Map.of(), SIGNAL_DEADLINE);
            if (result.exitCode() != 0) {
                throw new TopologyException(
                        this + ": kill -" + signal + ": " + result.output().strip());
            }
        } catch (IOException e) {
            throw new TopologyException(this + ": kill -" + signal + ": " + e);
        }
    }

    private void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException(this + ": interrupted while starting");
        }
    }
}
