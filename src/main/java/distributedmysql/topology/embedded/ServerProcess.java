package distributedmysql.topology.embedded;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Await;
import distributedmysql.topology.Command;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ExitCode;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** One mysqld of a run. Thread-safe as far as {@link ServerControl} promises. */
final class ServerProcess implements ServerControl {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration SIGNAL_DEADLINE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PORT_ATTEMPTS = 5;
    /** Of its error log, in a line of the console. */
    private static final int LINES_OF_END = 3;

    private static final String PORT_TAKEN = "Bind on TCP/IP port: Address already in use";

    private final String name;
    private final RunDirectory run;
    private final ServerOptions options;
    private final int serverId;
    private final Credentials admin;
    private final IntSupplier ports;
    private final Path data;
    private final Path files;
    private final Path log;
    private volatile int port;
    private volatile Process process;
    private volatile boolean mayEnd;
    private volatile Consumer<String> onUnexpectedEnd = line -> {};

    ServerProcess(
            String name, int serverId, RunDirectory run, ServerOptions options, Credentials admin, IntSupplier ports) {
        this.name = name;
        this.serverId = serverId;
        this.run = run;
        this.options = options;
        this.admin = admin;
        this.ports = ports;
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
        Files.createDirectories(files);
        template.copyTo(data);
        startOnData(initStatements, deadline);
    }

    /** The same on the data that is in its directory already. */
    void startOnData(List<String> initStatements, Duration deadline) throws IOException {
        Path initFile = files.resolve("init.sql");
        Accounts.write(initFile, initStatements);
        try {
            for (int attempt = 1; ; attempt++) {
                port = ports.getAsInt();
                spawn(List.of("--init-file=" + initFile));
                try {
                    awaitConnections(deadline);
                    requireAllConnections();
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

    /** Where its data is, or will be. */
    Path data() {
        return data;
    }

    /** Kills it if it runs, and removes all its files. */
    void remove() throws IOException {
        if (isAlive()) {
            kill();
        }
        FileTrees.delete(files);
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
        mayEnd = true;
        killed.destroyForcibly();
        DebugLog.TOPOLOGY.say(() -> this + ": SIGKILL to " + killed.pid());
        Wait wait = Wait.atMost(this + ": its end after SIGKILL", KILL_DEADLINE);
        try (wait) {
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
        Await.of(this + ": its stop after SIGSTOP", SIGNAL_DEADLINE)
                .every(PAUSE)
                .until(() -> StoppedProcess.is(process.pid()), () -> "not every thread is stopped");
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
    public void mayEnd() {
        mayEnd = true;
    }

    @Override
    public Optional<String> unexpectedEnd() {
        Process now = process;
        return now == null || now.isAlive() || mayEnd || run.isEnding() || Ending.hasBegun()
                ? Optional.empty()
                : Optional.of("it has ended unexpectedly, with " + ExitCode.words(now.exitValue()));
    }

    @Override
    public void onUnexpectedEnd(Consumer<String> told) {
        onUnexpectedEnd = told;
    }

    private void tellEnd(Process of) {
        CompletableFuture<Void> unused = of.onExit().thenRunAsync(() -> {
            // Not that of one that another has taken the place of.
            if (of.equals(process)) {
                unexpectedEnd()
                        .ifPresent(end -> onUnexpectedEnd.accept(this + ": " + end + "; the end of its error log:\n"
                                + ServerLog.tail(log, LINES_OF_END)));
            }
        });
    }

    @Override
    public OptionalLong pid() {
        Process now = process;
        return now.isAlive() ? OptionalLong.of(now.pid()) : OptionalLong.empty();
    }

    @Override
    public Optional<Path> errorLog() {
        return Optional.of(log);
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
        Files.deleteIfExists(pidFile());
        process = run.spawn(builder);
        mayEnd = false;
        tellEnd(process);
        DebugLog.TOPOLOGY.say(() -> this + ": started: " + String.join(" ", command));
    }

    /** mysqld lowers max_connections by itself, with no more than a warning, where it may open too few files. */
    private void requireAllConnections() throws IOException {
        List<String> lowered = ServerLog.find(log, "Changed limits: max_connections");
        if (!lowered.isEmpty()) {
            throw new TopologyException(this + ": too few files may be open for embedded.max-connections = "
                    + options.settings().maxConnections() + "; raise the limit (ulimit -n 16384), or lower"
                    + " embedded.max-connections and connection.pool-size. The server said: " + lowered.get(0));
        }
    }

    private void awaitConnections(Duration deadline) {
        Await.of(this + ": it to take connections", deadline)
                .every(PAUSE)
                .untilNo(this::whyNoConnection, () -> "the end of its error log:\n" + ServerLog.tail(log));
    }

    private Optional<String> whyNoConnection() {
        if (!process.isAlive()) {
            throw new TopologyException(this + ": mysqld ended with " + ExitCode.words(process.exitValue())
                    + "; the end of its error log:\n" + ServerLog.tail(log));
        }
        // mysqld writes it once the port is its own: until then, another program might answer there.
        if (!Files.exists(pidFile())) {
            return Optional.of("not listening yet");
        }
        return Mysql.whyNoConnection(address(), admin);
    }

    private Path pidFile() {
        return data.resolve("mysqld.pid");
    }

    private void signal(String signal) {
        DebugLog.TOPOLOGY.say(() -> this + ": SIG" + signal);
        if (!isAlive()) {
            throw new TopologyException(this + ": kill -" + signal + ": the process has ended");
        }
        try {
            // The shell's own kill: a program of that name is not everywhere.
            Command.Result result = Command.run(
                    List.of("sh", "-c", "kill -" + signal + " " + process.pid()), Map.of(), SIGNAL_DEADLINE);
            if (result.exitCode() != 0) {
                throw new TopologyException(
                        this + ": kill -" + signal + ": " + result.output().strip());
            }
        } catch (IOException e) {
            throw new TopologyException(this + ": kill -" + signal + ": " + e);
        }
    }
}
