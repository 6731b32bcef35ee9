package distributedmysql.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs that may be installed on this machine or not. */
final class Programs {
    private static final int DEADLINE_SECONDS = 30;

    private Programs() {}

    /**
     * The first line that a program prints.
     *
     * @return empty if there is no such program
     * @throws BenchmarkException if there is one and it fails
     */
    static Optional<String> firstLine(String... command) {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            // The program is not there.
            return Optional.empty();
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new BenchmarkException(String.join(" ", List.of(command)) + " failed: " + output);
            }
            return Optional.of(output.lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new BenchmarkException(String.join(" ", List.of(command)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }
}
