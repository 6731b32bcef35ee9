package distributedmysql.topology;

import distributedmysql.config.FilePath;
import distributedmysql.mysql.TopologyException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs to their end. */
public final class Command {
    /** Starts a program in a session of its own (util-linux, BusyBox). */
    private static final String SETSID = "setsid";

    /**
     * @param output standard output and standard error, as they came
     */
    public record Result(int exitCode, String output) {}

    /** The program did not end by itself. */
    public static final class NotEndedException extends Exception {
        private static final long serialVersionUID = 1;

        NotEndedException(String message) {
            super(message, null, false, false);
        }
    }

    private Command() {}

    /**
     * Runs a program; it ends with the JVM.
     *
     * @throws IOException if the program cannot be started
     * @throws TopologyException if it does not end within the deadline; it is killed then, with all that it has started
     */
    public static Result run(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException {
        Path output = output();
        try {
            Process process = start(command, environment, Set.of(), output);
            ExitHook hook = new ExitHook("end of " + command.get(0), () -> kill(process));
            try (hook) {
                await(process, deadline);
            }
            return result(process, output);
        } catch (NotEndedException e) {
            throw new TopologyException(String.join(" ", command) + ": " + e.getMessage());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /**
     * Runs a command of the shell that nothing but its deadline cuts short: neither the end of the JVM, even by {@code kill
     * -9}, nor Ctrl-C, which a terminal sends to all processes of the group that runs in its foreground. Where there is no
     * program {@code setsid} (macOS), the command ignores SIGINT, SIGQUIT and SIGHUP instead, as all that it starts does
     * unless it handles them itself. It has no terminal to ask anything.
     *
     * @param withheld names of variables of our own environment that it is not to have
     * @throws IOException if no shell can be started
     * @throws NotEndedException if it does not end within the deadline; it is killed then, with all that it has started
     */
    public static Result runApart(
            String command, Map<String, String> environment, Set<String> withheld, Duration deadline)
            throws IOException, NotEndedException {
        return runApart(command, environment, withheld, deadline, hasSetsid());
    }

    static Result runApart(
            String command, Map<String, String> environment, Set<String> withheld, Duration deadline, boolean setsid)
            throws IOException, NotEndedException {
        List<String> shell = setsid
                ? List.of(SETSID, "sh", "-c", command)
                : List.of("sh", "-c", "trap '' INT QUIT HUP; exec sh -c \"$1\"", "sh", command);
        Path output = output();
        try {
            Process process = start(shell, environment, withheld, output);
            try {
                await(process, deadline);
            } catch (NotEndedException e) {
                if (setsid) {
                    killGroup(process.pid());
                }
                throw e;
            }
            return result(process, output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean hasSetsid() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(directory -> FilePath.possible(directory + "/" + SETSID).stream())
                .anyMatch(Files::isExecutable);
    }

    /** A file, not a pipe: a pipe that nobody reads blocks the program, and reading it has no deadline. */
    private static Path output() throws IOException {
        return Files.createTempFile("command", ".out");
    }

    private static Process start(
            List<String> command, Map<String, String> environment, Set<String> withheld, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(withheld);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process, Path output) throws IOException {
        return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }

    private static void await(Process process, Duration deadline) throws NotEndedException {
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
            throw new NotEndedException("did not end within " + deadline.toSeconds() + " s");
        }
    }

    /** What a shell waits for would outlive the shell. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Also what is no descendant any more, because the shell that started it has ended. */
    private static void killGroup(long leader) throws IOException {
        // Of the shell: the program is not on every machine.
        new ProcessBuilder("sh", "-c", "kill -9 -" + leader)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
