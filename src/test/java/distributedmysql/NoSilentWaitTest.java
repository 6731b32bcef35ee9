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

@DisplayName("Whatever blocks is within a Wait, which tells of itself; or it is known why it need not be")
class NoSilentWaitTest {
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");

    private static final Pattern BLOCKS =
            Pattern.compile("Thread\\.sleep\\(|(SECONDS|NANOSECONDS)\\.sleep\\(|parkNanos\\("
                    + "|\\.waitFor\\(|awaitTermination\\(|awaitCompletion\\(|Await\\.pause\\(|\\.join\\((\\w|Math)|\\.invokeAll\\("
                    + "|\\b(closed|ended|taken|closing)\\.await\\(|\\bdone\\.get\\(|\\bnode\\.get\\(|\\btask\\.get\\(");

    private static final Pattern WAIT =
            Pattern.compile("\\bWait\\.(atMost|about|until)\\(|\\bAwait\\.(of|until|success)\\(");

    /** The load's own pace, or what ends within 10 s. */
    private static final List<String> NEED_NOT = List.of(
            // Makes the wait.
            "topology/Await",
            // Whoever starts a program says what it waits for.
            "topology/Command",
            // The servers that these threads start say so themselves.
            "topology/embedded/EmbeddedTopology",
            // Waits for its command, which says so itself (Hook).
            "topology/replicator/PromoteCommand",
            // At most 5 s.
            "report/GitCommit",
            // A request waits as long as the cap says; stages, steps and comparisons say how far they are.
            "mysql/RateCap",
            // Within the step "consistency", and the stage.
            "experiment/consistency/ReadOnlyConsistencyRun",
            // The pace of requests, probes and samples; what closes them takes seconds.
            "load/TimedWorkers",
            "load/NodePool",
            "experiment/consistency/Probes",
            "history/HistoryRecorder",
            "monitor/Sampler",
            // Within the comparison of tables (LagAndTables).
            "monitor/table/ReplicaWorker",
            // Says itself what it waits for, every 10 s.
            "monitor/table/Pace",
            // Samples.
            "monitor/machine/StallMeter");

    @Test
    void everyBlockingCall() throws IOException {
        List<String> silent = new ArrayList<>();
        List<String> needNotBeListed = new ArrayList<>(NEED_NOT);
        for (Path file : sources()) {
            String text = Files.readString(file).replaceAll("String\\.join\\(", "");
            String name = SOURCES.relativize(file).toString().replace(".java", "");
            if (!BLOCKS.matcher(text).find()) {
                continue;
            }
            boolean listed = needNotBeListed.remove(name);
            if (!listed && !WAIT.matcher(text).find()) {
                silent.add(name);
            }
        }
        assertThat(silent).isEmpty();
        assertThat(needNotBeListed).as("blocks no more").isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
