package distributedmysql.simulations;

import distributedmysql.topology.Await;
import distributedmysql.topology.ProcessOutput;
import io.gatling.app.Gatling;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A simulation in a JVM of its own, as the Gatling plugin starts it, with stages as short as they may be. */
final class SimulationProcess implements AutoCloseable {
    // A run takes some 15 s; the machine may be busy with other things.
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final int SIGINT = 2;

    /** Settings of a run whose stages are as short as they may be. */
    static final List<String> SHORT = List.of(
            "-Dprofile=quick",
            "-Dperformance.jvm-warm-up=0s",
            "-Ddata.scale=0.01",
            "-Dperformance.select.rates=50",
            "-Dperformance.select.warm-up=1s",
            "-Dperformance.select.ramp=0s",
            "-Dperformance.select.steady=1s",
            "-Dperformance.mixed.rate=50",
            "-Dperformance.mixed.warm-up=0s",
            "-Dperformance.mixed.ramp=0s",
            "-Dperformance.mixed.steady=2s",
            "-Dperformance.max-throughput.concurrency=1,2,4",
            "-Dperformance.max-throughput.warm-up=0s",
            "-Dperformance.max-throughput.steady=1s");

    private final Process process;
    private final Path cache;
    private final Path results;
    private final ProcessOutput output;

    private SimulationProcess(Process process, Path cache, Path results) {
        this.process = process;
        this.cache = cache;
        this.results = results;
        this.output = ProcessOutput.of(process);
    }

    /**
     * @param inGroup whether it leads a process group of its own, as what a terminal runs in its foreground does
     * @param cache the run's {@code embedded.cache-directory}
     * @param password what the environment variable {@code MYSQL_PASSWORD} holds; not set where it is empty
     * @param settings each {@code key=value}
     */
    static SimulationProcess start(
            boolean inGroup,
            Class<? extends Simulation> simulation,
            Path cache,
            Path results,
            String password,
            String... settings)
            throws IOException {
        List<String> command = command(simulation, cache, results, settings);
        if (inGroup) {
            command.add(0, "setsid");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (password.isEmpty()) {
            builder.environment().remove("MYSQL_PASSWORD");
        } else {
            builder.environment().put("MYSQL_PASSWORD", password);
        }
        return new SimulationProcess(builder.start(), cache, results);
    }

    /** What starts it, as {@link #start} does. */
    static List<String> command(Class<? extends Simulation> simulation, Path cache, Path results, String... settings) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                // It lives for seconds, and the better compiler would take the servers' processors from them.
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dembedded.cache-directory=" + cache,
                "-Dreport.directory=" + results));
        command.addAll(SHORT);
        Stream.of("embedded.basedir", "maven.offline", "maven.repo.local", "maven.settings", "maven.home")
                .filter(key -> System.getProperty(key) != null)
                .forEach(key -> command.add("-D" + key + "=" + System.getProperty(key)));
        // The last of two equal keys counts.
        Stream.of(settings).forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Gatling.class.getName()));
        command.addAll(List.of("-s", simulation.getName(), "-rf", results.toString()));
        return command;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the console has such a line. */
    void awaitLine(Predicate<String> wanted, String what) {
        Await.of("on the console: " + what, DEADLINE)
                .until(
                        () -> output.lines().stream().anyMatch(wanted) || failIfEnded(what),
                        () -> "there was\n" + output.text());
    }

    private boolean failIfEnded(String what) {
        if (process.isAlive()) {
            return false;
        }
        throw new AssertionError("ended; awaited on the console: " + what + "; there was\n" + output.text());
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        // A shell starts what runs in its background with SIGINT ignored, and the JVM then ignores it too.
        signal(ignoresInterrupt() ? "TERM" : "INT", Long.toString(process.pid()));
    }

    /** Ctrl-C in the terminal of a process that was started in a group of its own. */
    void interruptGroup() throws IOException, InterruptedException {
        signal(ignoresInterrupt() ? "TERM" : "INT", "-" + process.pid());
    }

    /** It does nothing until {@link #goOn}; its servers do. */
    void pause() throws IOException, InterruptedException {
        signal("STOP", Long.toString(process.pid()));
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT", Long.toString(process.pid()));
    }

    private static void signal(String name, String target) throws IOException, InterruptedException {
        // The shell's own kill: the program is not on every machine.
        new ProcessBuilder("sh", "-c", "kill -s " + name + " -- " + target)
                .inheritIO()
                .start()
                .waitFor();
    }

    private boolean ignoresInterrupt() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & 1L << SIGINT - 1) != 0;
    }

    /** Waits for the end. */
    PlayedRun end() throws InterruptedException {
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the simulation has not ended within " + DEADLINE + ":\n" + output.text());
        }
        output.awaitEnd(DEADLINE);
        return new PlayedRun(process.exitValue(), output.text(), results, cache);
    }

    /** Kills it if it has not ended. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
