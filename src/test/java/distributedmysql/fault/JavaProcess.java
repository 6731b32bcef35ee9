package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.Await;
import distributedmysql.topology.ProcessOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A main class of the tests in a JVM of its own, so that it can be killed as a process is. */
public final class JavaProcess implements AutoCloseable {
    /** A machine that others use too takes its time to start a JVM. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Duration BETWEEN = Duration.ofMillis(2);
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final ProcessOutput output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = ProcessOutput.of(process);
    }

    /** @param environment what it finds there besides ours */
    public static JavaProcess start(Class<?> main, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                // It lives for seconds, and the better compiler would take the servers' processors from them.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said at least {@code count} lines of this sort. */
    public void awaitLines(Predicate<String> wanted, int count) {
        Await.of("the process " + process.pid() + " to come to its point", DEADLINE)
                .every(BETWEEN)
                .until(
                        () -> lines().stream().filter(wanted).count() >= count || failIfEnded(),
                        () -> "it has said " + lines());
    }

    private boolean failIfEnded() {
        if (process.isAlive()) {
            return false;
        }
        throw new AssertionError("the process has ended by itself; it has said\n" + output.text());
    }

    /** SIGKILL. Returns when it is dead, and everything that it has said is known. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
        output.awaitEnd(DEADLINE);
    }

    public List<String> lines() {
        return output.lines();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
