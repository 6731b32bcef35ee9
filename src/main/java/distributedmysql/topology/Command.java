package distributedmysql.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs other programs to their end. */
public final class Command {
    /**
     * @param output standard output and standard error, as they came
     */
    public record Result(int exitCode, String output) {}

    private Command() {}

    /**
     * @throws IOException if the program cannot be started
     * @throws TopologyException if it does not end within the deadline; it is killed then, with all that it has started
     */
    public static Result run(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException {
        return run(command, environment, Set.of(), deadline);
    }

    /**
     * As {@link #run(List, Map, Duration)}.
     *
     * @param withheld names of variables of our own environment that the program is not to have
     */
    public static Result run(
            List<String> command, Map<String, String> environment, Set<String> withheld, Duration deadline)
            throws IOException {
        // A file, not a pipe: a pipe that nobody reads blocks the program, and reading it has no deadline.
        Path output = Files.createTempFile("command", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeAll(withheld);
            builder.environment().putAll(environment);
            Process process = builder.start();
            ExitHook hook = new ExitHook("end of " + command.get(0), () -> kill(process));
            try (hook) {
                await(process, command, deadline);
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void await(Process process, List<String> command, Duration deadline) {
        boolean ended = false;
        try {
            ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                kill(process);
            }
        }
        if (!ended) {
            throw new TopologyException(
                    String.join(" ", command) + ": did not end within " + deadline.toSeconds() + " s");
        }
    }

    /** What a shell waits for would outlive the shell. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
