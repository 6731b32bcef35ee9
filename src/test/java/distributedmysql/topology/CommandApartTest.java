package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A command that Ctrl-C does not cut short")
class CommandApartTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    Path directory;

    /** What a terminal sends to the group of its foreground, here to the shell itself and what it runs. */
    @ParameterizedTest(name = "with setsid: {0}")
    @ValueSource(booleans = {true, false})
    void goesOnAfterTheSignals(boolean setsid) throws Exception {
        String signalled = setsid
                ? "[ \"$(ps -o pgid= -p $$ | tr -d ' ')\" = $$ ] || exit 9"
                : "kill -INT $$; kill -HUP $$; sh -c 'kill -INT $$; kill -HUP $$'";

        Command.Result result =
                Command.runApart(signalled + "; echo the end; exit 3", Map.of(), Set.of(), DEADLINE, setsid);

        assertThat(result).isEqualTo(new Command.Result(3, "the end\n"));
    }

    @ParameterizedTest(name = "with setsid: {0}")
    @ValueSource(booleans = {true, false})
    void isKilledAtItsDeadlineThoughItIgnoresSigterm(boolean setsid) {
        assertThatThrownBy(() -> Command.runApart("trap '' TERM; sleep 29373", Map.of(), Set.of(), SHORT, setsid))
                .isInstanceOf(Command.NotEndedException.class)
                .hasMessage("did not end within 0 s");

        awaitNone("sleep 29373");
    }

    @Test
    @DisplayName("At its deadline also what it has left behind is killed")
    void killsOrphans() {
        assertThatThrownBy(() ->
                        Command.runApart("sh -c 'sleep 29374 & exit'; sleep 29374", Map.of(), Set.of(), SHORT, true))
                .isInstanceOf(Command.NotEndedException.class);

        awaitNone("sleep 29374");
    }

    @Test
    @DisplayName("A child that keeps the output open is not waited for")
    void childWithOpenOutput() throws Exception {
        Path pid = directory.resolve("pid");

        Command.Result result =
                Command.runApart("sleep 29375 & echo $! >" + pid + "; echo done", Map.of(), Set.of(), DEADLINE);

        assertThat(result).isEqualTo(new Command.Result(0, "done\n"));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly();
    }

    private static void awaitNone(String command) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .map(any -> any.info().commandLine().orElse("")))
                        .noneMatch(line -> line.contains(command)));
    }
}
