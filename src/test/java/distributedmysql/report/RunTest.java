package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RunTest {
    @Test
    void findsTheVersionsOfAllTools() {
        ToolVersions versions = ToolVersions.read();
        assertThat(versions.framework()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(versions.gatling()).startsWith("3.");
        assertThat(versions.connectorJ()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(versions.hikariCP()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(versions.java()).contains(System.getProperty("java.runtime.version"));
        assertThat(versions.os()).contains(System.getProperty("os.arch"));
    }

    @Test
    void thereIsNoCommitOutsideGit(@TempDir Path directory) {
        assertThat(GitCommit.of(directory)).isEmpty();
        assertThat(GitCommit.of(directory.resolve("absent"))).isEmpty();
    }

    @Test
    void findsTheCommitThatIsCheckedOut(@TempDir Path directory) throws Exception {
        git(directory, "init", "-q");
        assertThat(GitCommit.of(directory)).as("before the first commit").isEmpty();
        git(directory, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "first");
        Path below = Files.createDirectories(directory.resolve("below"));
        assertThat(GitCommit.of(below))
                .hasValueSatisfying(commit -> assertThat(commit).matches("[0-9a-f]{40}"));
    }

    private static void git(Path directory, String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new TestAbortedException("git is not installed here: " + e.getMessage());
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
