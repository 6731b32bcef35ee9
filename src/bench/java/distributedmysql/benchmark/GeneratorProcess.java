package distributedmysql.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running generator and what it prints. It never outlives this JVM's orderly end, Ctrl-C included. */
final class GeneratorProcess implements AutoCloseable {
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Optional<String> beginLine;
    private final Thread hook;
    private final Thread reader;
    /** Written by the reader, and read by others. */
    @SuppressWarnings("JdkObsolete")
    private final StringBuffer output = new StringBuffer();

    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile long beginNanos;

    /**
     * @param beginLine what the line contains with which the process says that its load begins; empty if it does not say
     */
    GeneratorProcess(ProcessBuilder builder, Optional<String> beginLine) throws IOException {
        this.beginLine = beginLine;
        this.process = builder.redirectErrorStream(true).start();
        this.hook = new Thread(process::destroyForcibly, "end of process " + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
        process.getOutputStream().close();
        this.reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (beginLine.map(line::contains).orElse(false)) {
                    begin();
                }
                output.append(line).append('\n');
            }
        } catch (IOException e) {
            output.append("its output cannot be read: ").append(e).append('\n');
        }
    }

    private synchronized void begin() {
        if (begun.getCount() > 0) {
            beginNanos = System.nanoTime();
            begun.countDown();
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Waits until the load begins.
     *
     * @param seen whether the server sees the load, for processes that do not say
     * @return when it did, by {@link System#nanoTime()}
     * @throws BenchmarkException if it ends before, or does not begin in time
     */
    long awaitBegin(Duration deadline, BooleanSupplier seen) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (!begun.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (beginLine.isEmpty() && seen.getAsBoolean()) {
                begin();
            }
            if (!process.isAlive() && !reader.isAlive() && begun.getCount() > 0) {
                throw new BenchmarkException(
                        "it ended with exit code " + process.exitValue() + " before its load began:" + output());
            }
            if (System.nanoTime() > end) {
                throw new BenchmarkException("its load has not begun after " + deadline.toSeconds() + " s (awaited: "
                        + beginLine.orElse("the server sees it") + "):" + output());
            }
        }
        return beginNanos;
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /**
     * Waits for its end.
     *
     * @return all that it printed
     * @throws BenchmarkException if it does not end in time, or ends with another exit code
     */
    String awaitEnd(Duration deadline, int exitCode) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchmarkException("it has not ended after " + deadline.toSeconds() + " s:" + output());
        }
        reader.join(deadline.toMillis());
        if (process.exitValue() != exitCode) {
            throw new BenchmarkException("exit code " + process.exitValue() + ":" + output());
        }
        return output.toString();
    }

    /** The end of what it has printed so far. */
    String output() {
        return Texts.end(output.toString());
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException ignored) {
            // The JVM is ending: the hook runs.
        }
    }
}
