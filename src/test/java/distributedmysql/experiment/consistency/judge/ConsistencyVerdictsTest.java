package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Strategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsistencyVerdictsTest {
    private static final String INCOMPLETE = "the history is incomplete (line 3: cut)";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void onlyWhatWasPlannedIsChecked() {
        assertThat(names(new HandWritten(Probe.DELAYED_READ, Set.of(), "node2")))
                .containsExactly("read after write", "impossible reads", "row checksums");
        assertThat(names(new HandWritten(Probe.POLL, Set.of(), "node2")))
                .containsExactly("visibility", "impossible reads", "row checksums");
        assertThat(names(new HandWritten(Probe.SESSION, Set.of(), "node2")))
                .containsExactly(
                        "read your writes",
                        "monotonic reads",
                        "monotonic writes",
                        "writes follow reads",
                        "impossible reads",
                        "row checksums");
        assertThat(names(new HandWritten(Probe.FINAL_READ, Set.of(), "node2")))
                .containsExactly("lost writes", "impossible reads", "row checksums");
    }

    @Test
    void nothingIsValidInAnIncompleteHistory() {
        ConsistencyVerdicts whole = ConsistencyVerdicts.of(sound().history());
        assertThat(whole.areAllValid()).isTrue();
        ConsistencyVerdicts cut = ConsistencyVerdicts.of(incomplete(sound()));
        assertThat(cut.areAllValid()).isFalse();
        assertThat(cut.checks()).allSatisfy(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(check.evidence()).startsWith(INCOMPLETE);
        });
    }

    @Test
    void whatAPartOfAHistoryProvesStaysInvalid() {
        HandWritten history = sound().write(1, 9, 1, Completion.OK)
                .read(1, Strategy.PRIMARY, "node1", 9, 0)
                .read(1, Strategy.PRIMARY, "node2", 9, 1);
        assertThat(ConsistencyVerdicts.of(incomplete(history)).checks().get(0).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void aPollThatWasCutOffProvesNothing() {
        HandWritten history = new HandWritten(Probe.POLL, Set.of(), "node2").follow(Strategy.REPLICA, "node2", 1);
        assertThat(ConsistencyVerdicts.of(history.history()).checks().get(0).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(ConsistencyVerdicts.of(incomplete(history)).checks().get(0).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aSavedHistoryGivesTheSameVerdictsByteForByte() {
        ConsistencyVerdicts inTheRun = ConsistencyVerdicts.of(sound().history());
        assertThat(recheck(save(sound()).toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(inTheRun.lines()
                                .map(line -> line + System.lineSeparator())
                                .collect(Collectors.joining())
                        + inTheRun.json()
                        + System.lineSeparator());
        assertThat(err.size()).isZero();
    }

    @Test
    void theExitCodeIsTwoUnlessAllIsValid() {
        HandWritten lost = sound().write(1, 9, 1, Completion.OK)
                .read(1, Strategy.PRIMARY, "node1", 9, 1)
                .read(1, Strategy.PRIMARY, "node2", 9, 0);
        assertThat(recheck(save(lost).toString())).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("INVALID  lost writes: key 9: version 1 was acknowledged, but node2 has no row");
        assertThat(recheck(save(new HandWritten(Probe.FINAL_READ, Set.of(), "node2"))
                        .toString()))
                .isEqualTo(2);
    }

    @Test
    void theExitCodeIsOneForAFileThatCannotBeUsed() throws IOException {
        assertThat(recheck(directory.resolve("absent").toString())).isEqualTo(1);
        assertThat(recheck()).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("usage: RecheckHistory [--until-damage] FILE\n");
        assertThat(recheck("--until-demage", "file")).isEqualTo(1);
        Path file = save(sound());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));
        err.reset();
        assertThat(recheck(file.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(file + ": line ")
                .contains("--until-damage");
        assertThat(out.size()).isZero();
        assertThat(recheck("--until-damage", file.toString())).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("UNKNOWN  lost writes: the history is incomplete");
    }

    @Test
    void theJsonHasTheKeysOfTheReport() {
        assertThat(ConsistencyVerdicts.of(sound().history()).json())
                .contains("\"readAfterWrite\" : [ ]", "\"lostWrites\" : {", "\"acknowledged\" : 1", "\"VALID\"");
    }

    @Test
    void theNamesAreThoseOfAHistoryWithAllProbes() {
        assertThat(ConsistencyVerdicts.names())
                .containsExactly(
                        "read after write",
                        "visibility",
                        "read your writes",
                        "monotonic reads",
                        "monotonic writes",
                        "writes follow reads",
                        "lost writes",
                        "impossible reads",
                        "row checksums");
    }

    private static HandWritten sound() {
        return new HandWritten(Probe.FINAL_READ, Set.of(), "node2")
                .write(1, 5, 1, Completion.OK)
                .read(1, Strategy.PRIMARY, "node1", 5, 1)
                .read(1, Strategy.PRIMARY, "node2", 5, 1);
    }

    private Path save(HandWritten history) {
        Path file = directory.resolve(System.nanoTime() + ".jsonl.gz");
        Header header = history.history().header();
        try (HistoryRecorder recorder = HistoryRecorder.open(file, header, failure -> {})) {
            history.history().replay(recorder::record);
        }
        return file;
    }

    private int recheck(String... arguments) {
        return RecheckHistory.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static List<String> names(HandWritten history) {
        return history.verdicts().checks().stream().map(CheckResult::name).toList();
    }

    private static History incomplete(HandWritten history) {
        return new History() {
            @Override
            public Header header() {
                return history.history().header();
            }

            @Override
            public Optional<String> replay(Consumer<? super Operation> consumer) {
                history.history().replay(consumer);
                return Optional.of("line 3: cut");
            }
        };
    }
}
