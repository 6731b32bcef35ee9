package distributedmysql.topology;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A program that runs while somebody reads what it writes, or writes what it reads. It is killed when its deadline passes, so
 * that neither blocks for ever, and when the JVM ends. Its standard error is kept for messages. Used by one thread.
 */
public final class PipedProgram implements AutoCloseable {
    private static final int MOST_SAID = 4_000;

    private final String name;
    private final Process process;
    private final Path said;
    private final Duration deadline;
    private final ExitHook hook;
    private final AtomicBoolean late = new AtomicBoolean();

    private PipedProgram(String name, Process process, Path said, Duration deadline) {
        this.name = name;
        this.process = process;
        this.said = said;
        this.deadline = deadline;
        this.hook = new ExitHook("end of " + name, () -> kill(process));
        CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::killIfLate);
    }

    /**
     * @param command must hold no secret: every user of the machine sees it
     * @throws IOException if it cannot be started
     */
    public static PipedProgram start(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException {
        Path said = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
            builder.environment().putAll(environment);
            return new PipedProgram(command.get(0), builder.start(), said, deadline);
        } catch (IOException e) {
            Files.deleteIfExists(said);
            throw e;
        }
    }

    /** What it writes to its standard output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it reads from its standard input. The writer closes it. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Returns when it has ended with exit code 0.
     *
     * @throws TopologyException if it has not, or not within its deadline; has what it said
     */
    public void requireSuccess() {
        Wait wait = Wait.atMost("the end of " + name, deadline);
        try (wait) {
            int exitCode = process.waitFor();
            if (late.get()) {
                throw new TopologyException(name + ": did not end within " + deadline.toSeconds() + " s" + said());
            }
            if (exitCode != 0) {
                throw new TopologyException(name + ": ended with exit code " + exitCode + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while waiting for the end of " + name);
        }
    }

    /** What it has said on its standard error so far, after a colon; its end, if that is long. */
    public String said() {
        try {
            String all = new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip();
            return all.isEmpty() ? "; it said nothing" : ": " + all.substring(Math.max(0, all.length() - MOST_SAID));
        } catch (IOException e) {
            return "; what it said cannot be read: " + e;
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill(process);
        hook.close();
        try {
            Files.deleteIfExists(said);
        } catch (IOException e) {
            // A temporary file stays; there is nothing secret in it.
        }
    }

    private void killIfLate() {
        if (process.isAlive()) {
            late.set(true);
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
