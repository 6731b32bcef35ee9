package distributedmysql.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commit that is checked out. */
final class GitCommit {
    private static final int TIMEOUT_SECONDS = 5;

    private GitCommit() {}

    /** Empty outside git, and where git is not installed, refuses, or takes longer than 5 s. */
    static Optional<String> of(Path directory) {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--verify", "HEAD")
                    .directory(directory.toAbsolutePath().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            git.getOutputStream().close();
            if (!git.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return Optional.empty();
            }
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.exitValue() == 0 && output.matches("[0-9a-f]{40,64}") ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            // git is not installed; a report without it is complete all the same.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
