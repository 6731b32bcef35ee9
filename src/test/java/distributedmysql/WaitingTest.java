package distributedmysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("One class waits, and one value is a deadline: nothing polls by hand, or it is known why it must")
class WaitingTest {
    private static final Path MAIN = Path.of("src/main/java/distributedmysql");
    private static final Path TEST = Path.of("src/test/java/distributedmysql");

    /** A pause, of which a poll is made; {@code wait(} without a time is a monitor's. */
    private static final Pattern PAUSES = Pattern.compile(
            "\\.sleep\\(|\\bparkNanos\\(|\\bparkUntil\\(|\\bonSpinWait\\(|\\bAwait\\.pause\\(|[^.\\w]wait\\(\\w");

    /** The clock plus a time, a time that is compared with what has passed, or what is left until a time. */
    private static final Pattern DEADLINES = Pattern.compile("nanoTime\\(\\) \\+ "
            + "|nanoTime\\(\\) - [\\w.()]+ [<>]|nanoTime\\(\\) [<>]|- System\\.nanoTime\\(\\)|minusNanos\\(System\\.");

    private static final List<String> MAY_PAUSE = List.of(
            // Makes the pause.
            "topology/Await",
            // A turn comes at a time, to the microsecond; the pause ends when it does.
            "mysql/RateCap",
            "load/TimedWorkers",
            "history/RunClock",
            // Notified by the other session, and not later than the read's own time-out.
            "experiment/consistency/ProbeSession",
            // The pause is what is measured.
            "monitor/machine/StallMeter",
            // What is waited is a budget of the table, which several waits use up; it says so itself.
            "monitor/table/Pace",
            // Decides between two attempts whether a command that was started in between has ended.
            "topology/replicator/ObservedFailover");

    private static final List<String> MAY_COUNT_NANOS = List.of(
            // Called for every request: no object is made.
            "load/TimedWorkers",
            "load/NodePool",
            "gatling/internal/SqlAction",
            "gatling/internal/PoolRequest",
            "load/record/StageRecorder",
            "history/HistoryRecorder",
            // Spans of a load, and ticks and faults of a schedule: there is nothing to give up.
            "load/ConnectionStep",
            "monitor/Sampler",
            "fault/Nemesis",
            // How old a reading is.
            "monitor/machine/LocalServers",
            // As above.
            "topology/replicator/ObservedFailover",
            // When it may connect again.
            "topology/replicator/RoleProbe");

    private static final List<String> TESTS_MAY_PAUSE = List.of(
            // The pace of a load, or of samples of it.
            "fault/PlainLedgerLoad",
            "topology/replicator/OwnClient",
            "experiment/soak/LeaksIT",
            "gatling/OpenReads",
            "monitor/ErrantTransactionsIT",
            "simulations/QuestionsPerSecond",
            "mysql/RateCapTest",
            // The load itself: processor time.
            "monitor/machine/MachineLoadTest",
            // Plays somebody who looks again and again, until it is closed.
            "topology/external/Operator",
            // What takes long, on purpose.
            "simulations/SlowlyEndingSimulation",
            "topology/LoopbackFirewallIT",
            // A wait for the cap, whose length is what is measured.
            "mysql/CapWaitsTest",
            // The words that are looked for.
            "WaitingTest");

    @Test
    @DisplayName("The program pauses in Await and in few other places")
    void pauses() throws IOException {
        assertThat(filesWith(MAIN, PAUSES)).containsExactlyInAnyOrderElementsOf(MAY_PAUSE);
    }

    @Test
    @DisplayName("A deadline is a Deadline, except where it would cost or means something else")
    void deadlines() throws IOException {
        assertThat(filesWith(MAIN, DEADLINES)).containsExactlyInAnyOrderElementsOf(MAY_COUNT_NANOS);
    }

    @Test
    @DisplayName("Tests wait by Await or Awaitility")
    void tests() throws IOException {
        assertThat(filesWith(TEST, PAUSES)).containsExactlyInAnyOrderElementsOf(TESTS_MAY_PAUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.sleep(POLL_MILLIS);",
                "TimeUnit.MILLISECONDS.sleep(20);",
                "LockSupport.parkNanos(POLL_NANOS);",
                "Await.pause(options.probeInterval(), what);",
                "while (!done) { wait(left); }",
            })
    @DisplayName("A poll by hand is found")
    void foundPause(String line) {
        assertThat(PAUSES.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long deadline = System.nanoTime() + DEADLINE.toNanos();",
                "while (System.nanoTime() < deadline) {",
                "if (System.nanoTime() - start > deadline.toNanos()) {",
                "while (System.nanoTime() - start < options.followDeadline().toNanos()) {",
                "thread.join((deadline - System.nanoTime()) / 1_000_000);",
                "Duration left = deadline.minusNanos(System.nanoTime() - start);",
            })
    @DisplayName("A deadline by hand is found")
    void foundDeadline(String line) {
        assertThat(DEADLINES.matcher(line).find()).isTrue();
    }

    private static List<String> filesWith(Path folder, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    (Iterable<Path>) files.filter(file -> file.toString().endsWith(".java"))::iterator) {
                if (pattern.matcher(Files.readString(file)).find()) {
                    found.add(folder.relativize(file).toString().replace(".java", ""));
                }
            }
        }
        return found;
    }
}
