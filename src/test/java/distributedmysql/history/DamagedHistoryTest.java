package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class DamagedHistoryTest {
    private static final int OPERATIONS = 5_000;
    private static final int PLACES = 25;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    private Path file;
    private List<Operation> recorded;

    @BeforeEach
    void record() {
        file = directory.resolve("history.jsonl.gz");
        recorded = Samples.many(OPERATIONS);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failure -> {})) {
            recorded.forEach(recorder::record);
        }
    }

    @Test
    void aFileCutOffAnywhereIsNeverTakenForWhole() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + whole.length / PLACES) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> History.read(file).replay(operation -> {}))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining(file + ": line ");
        }
    }

    @Test
    void theOperationsBeforeACutAreReadOnDemand() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length * 9 / 10));
        List<Operation> read = new ArrayList<>();
        Optional<String> damage = History.readUntilDamage(file).replay(read::add);
        assertThat(damage).hasValueSatisfying(what -> assertThat(what).startsWith("line "));
        assertThat(read).hasSizeBetween(HistoryFormat.BLOCK, OPERATIONS - 1);
        assertThat(read).isEqualTo(recorded.subList(0, read.size()));
    }

    @Test
    void aChangedByteAnywhereIsFoundOrChangesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int found = 0;
        for (int place = 0; place < whole.length; place += 1 + whole.length / PLACES) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 0x10;
            Files.write(file, damaged);
            List<Operation> read = new ArrayList<>();
            try {
                History.read(file).replay(read::add);
                // Only gzip's own header has bytes that mean nothing: time, operating system.
                assertThat(place).isLessThan(10);
                assertThat(read).isEqualTo(recorded);
            } catch (HistoryException e) {
                found++;
                assertThat(e).hasMessageContaining(file + ": line ");
                assertThat(read).isEqualTo(recorded.subList(0, read.size()));
            }
        }
        assertThat(found).isGreaterThan(PLACES / 2);
    }

    @Test
    void aChangedFigureIsFoundByTheNextCheckpointAndItsBlockIsNotHandedOver() throws IOException {
        List<String> lines = lines();
        int changed = HistoryFormat.BLOCK + 5;
        lines.set(changed, lines.get(changed).replaceFirst("\"process\":(-?)\\d", "\"process\":$11"));
        rewrite(lines);
        List<Operation> read = new ArrayList<>();
        assertThatThrownBy(() -> History.read(file).replay(read::add))
                .hasMessageContaining(": line " + (OPERATIONS + 3) + ": checksum or count does not fit");
        assertThat(read).isEqualTo(recorded.subList(0, HistoryFormat.BLOCK));
    }

    @Test
    void aMissingBlockIsFound() throws IOException {
        List<String> lines = lines();
        lines.subList(1, HistoryFormat.BLOCK + 2).clear();
        rewrite(lines);
        assertFails("checksum or count does not fit");
    }

    @Test
    void aMissingEndRecordIsNamed() throws IOException {
        List<String> lines = lines();
        lines.remove(lines.size() - 1);
        rewrite(lines);
        assertFails("line " + (lines.size() + 1) + ": the end record is missing");
    }

    @Test
    void moreAfterTheEndRecordIsRefused() throws IOException {
        List<String> lines = lines();
        lines.add(lines.get(1));
        rewrite(lines);
        assertFails("line " + lines.size() + ": there is more after the end record");
    }

    @Test
    void linesThatAreNoOperationsAreNamed() throws IOException {
        List<String> lines = lines().subList(0, 10);
        assertLineFails(lines, "\"op\":\"delete\"", "\"op\":\"read\"", "op delete: must be insert, update or read");
        assertLineFails(lines, "\"note\":1,\"probe\"", "\"probe\"", "unknown field note");
        assertLineFails(
                lines, "\"probe\":\"poke\"", "\"probe\":\"[a-z-]*\"", "probe poke: must be one of [delayed-read");
        assertLineFails(lines, "", "\"process\":[-0-9]*,", "no field process");
        assertLineFails(lines, "\"key\":1,\"key\"", "\"key\"", "key: given twice");
        assertLineFails(lines, "\"key\":1e3", "\"key\":[0-9]*", "key: not a number, text or boolean");
        assertLineFails(lines, "\"key\"", "\"key\":[0-9]*", "not JSON: ");
        assertLineFails(lines, "hello", "^.*$", "neither an operation nor a checkpoint");
        assertLineFails(lines, "{}", "^.*$", "neither an operation nor a checkpoint");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> History.read(file)).hasMessageContaining("line 1: not a compressed history");
        rewrite(List.of("hello"));
        assertThatThrownBy(() -> History.read(file)).hasMessageContaining("line 1: not the header of a history");
        rewrite(List.of("{\"history\":{\"format\":2}}"));
        assertThatThrownBy(() -> History.readUntilDamage(file))
                .hasMessageContaining("line 1: format 2; only format 1 can be read");
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> History.read(absent))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("absent: cannot be read");
    }

    @Test
    void theMessageSaysWhatIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertFails("it ends too early (truncated)");
        Files.write(file, whole);
        List<String> lines = lines();
        lines.remove(HistoryFormat.BLOCK + 5);
        rewrite(lines);
        assertThatThrownBy(() -> History.read(file).replay(operation -> {}))
                .hasMessageMatching(
                        ".*, so what is before this line is damaged: 903 operations \\(CRC-32 [0-9a-f]{8}, 4999"
                                + " operations in all; expected [0-9a-f]{8}, 5000\\)");
    }

    @Test
    void aTimeThatCannotBeAndATimeThatIsMissingAreNamed() throws IOException {
        List<String> lines = lines().subList(0, 10);
        assertLineFails(
                lines, "\"completeMicros\":7", "\"completeMicros\":[0-9]*", "not on one clock: invoked at 1500 µs");
        assertLineFails(lines, "", "\"invokeMicros\":[0-9]*,", "no field invokeMicros");
        assertLineFails(lines, "{\"op\":", "^.*$", "not JSON: ");
    }

    @Test
    void aLineMayBeAMegabyteLong() throws IOException {
        rewrite(List.of("x".repeat(HistoryFormat.MAX_LINE_BYTES)));
        assertThatThrownBy(() -> History.read(file)).hasMessageContaining("line 1: not the header of a history");
        rewrite(List.of("x".repeat(HistoryFormat.MAX_LINE_BYTES + 1)));
        assertThatThrownBy(() -> History.read(file)).hasMessageContaining("line 1: longer than 1048576 bytes");
        Header large = new Header(
                Samples.HEADER.startedAt(),
                "node1",
                List.of(),
                Samples.HEADER.plan(),
                Map.of("setting", "ü".repeat(200_000)));
        Path other = directory.resolve("large.jsonl.gz");
        HistoryRecorder.open(other, large, failure -> {}).close();
        assertThat(History.read(other).header()).isEqualTo(large);
    }

    @Test
    @EnabledIf("hasOpenFiles")
    void noFileIsLeftOpen() throws IOException {
        History.read(file).replay(operation -> {});
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> History.read(file)).isInstanceOf(HistoryException.class);
        rewrite(List.of("hello"));
        assertThatThrownBy(() -> History.read(file)).isInstanceOf(HistoryException.class);
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            assertThat(open.filter(one -> isOpen(one, file))).isEmpty();
        }
    }

    static boolean hasOpenFiles() {
        return Files.isDirectory(OPEN_FILES);
    }

    private static boolean isOpen(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private void assertLineFails(List<String> lines, String replacement, String pattern, String message)
            throws IOException {
        int read = 4;
        List<String> changed = new ArrayList<>(lines);
        changed.set(read, changed.get(read).replaceFirst(pattern, replacement));
        assertThat(changed).isNotEqualTo(lines);
        rewrite(changed);
        assertFails("line " + (read + 1) + ": " + message);
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> History.read(file).replay(operation -> {}))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining(message);
    }

    private List<String> lines() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new ArrayList<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
    }

    private void rewrite(List<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(file, bytes.toByteArray());
    }
}
