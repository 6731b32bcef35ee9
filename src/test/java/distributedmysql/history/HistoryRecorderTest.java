package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HistoryRecorderTest {
    @TempDir
    private Path directory;

    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Test
    void everyFormOfOperationIsReadAsItWasRecorded() {
        Path file = directory.resolve("new/directory/history.jsonl.gz");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add)) {
            Samples.ofEveryForm().forEach(recorder::record);
        }
        History history = History.read(file);
        assertThat(history.header()).isEqualTo(Samples.HEADER);
        assertThat(operations(history)).isEqualTo(Samples.ofEveryForm());
        assertThat(operations(history)).as("replayed again").isEqualTo(Samples.ofEveryForm());
        assertThat(failures).isEmpty();
    }

    @Test
    void aHistoryWithoutOperationsIsWhole() {
        Path file = directory.resolve("history.jsonl.gz");
        HistoryRecorder.open(file, Samples.HEADER, failures::add).close();
        assertThat(operations(History.read(file))).isEmpty();
    }

    @Test
    void nothingOfManyThreadsIsLostAndEachKeepsItsOrder() throws Exception {
        int threads = 50;
        int each = 4_000;
        Path file = directory.resolve("history.jsonl.gz");
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try (HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                long process = thread;
                ends.add(workers.submit(() -> recordVersions(recorder, process, each)));
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            workers.shutdownNow();
        }
        Map<Long, Long> versions = new HashMap<>();
        History.read(file).replay(operation -> {
            long version = ((Write) operation).version();
            assertThat(versions.put(operation.call().process(), version)).isEqualTo(version == 1 ? null : version - 1);
        });
        assertThat(versions).hasSize(threads);
        assertThat(versions.values()).containsOnly((long) each);
    }

    @Test
    void anInterruptedThreadStillRecordsAndStaysInterrupted() {
        Path file = directory.resolve("history.jsonl.gz");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add)) {
            Thread.currentThread().interrupt();
            recorder.record(Samples.ofEveryForm().get(0));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(operations(History.read(file))).hasSize(1);
    }

    @Test
    void whatIsRecordedAfterTheEndIsIgnored() {
        Path file = directory.resolve("history.jsonl.gz");
        HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add);
        recorder.close();
        recorder.record(Samples.ofEveryForm().get(0));
        recorder.close();
        assertThat(operations(History.read(file))).isEmpty();
        assertThat(recorder.failure()).isEmpty();
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path file = Files.writeString(directory.resolve("history.jsonl.gz"), "mine");
        assertThatThrownBy(() -> HistoryRecorder.open(file, Samples.HEADER, failures::add))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskStopsRecordingOnceWithOneMessageAndNobodyWaits() throws Exception {
        Path full = Path.of("/dev/full");
        HistoryRecorder recorder =
                HistoryRecorder.open(full, new FullLater(new CountDownLatch(0)), Samples.HEADER, failures::add);
        recordVersions(recorder, 1, 300_000);
        recorder.close();
        assertThat(recorder.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .startsWith("/dev/full: recording stopped: ")
                        .endsWith("the history is incomplete"));
        assertThat(failures).containsExactly(recorder.failure().orElseThrow());
    }

    @Test
    @EnabledIf("hasFullDevice")
    void aDiskThatIsFullFromTheBeginningIsRefused() throws IOException {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThatThrownBy(() -> HistoryRecorder.open(Path.of("/dev/full"), full, Samples.HEADER, failures::add))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("/dev/full: cannot be written");
        }
    }

    @Test
    void anotherThreadMayRecordAfterTheEndAndIsNotHeldUp() throws Exception {
        Path file = directory.resolve("history.jsonl.gz");
        HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add);
        assertThat(recorder.file()).isEqualTo(file);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("history recorder"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
        recorder.close();
        CompletableFuture.runAsync(() -> recorder.record(Samples.ofEveryForm().get(0)))
                .get(10, TimeUnit.SECONDS);
        assertThat(operations(History.read(file))).isEmpty();
    }

    @Test
    void anInterruptedEndIsAFailureAndStaysInterrupted() {
        HistoryRecorder recorder =
                HistoryRecorder.open(directory.resolve("history.jsonl.gz"), Samples.HEADER, failures::add);
        Thread.currentThread().interrupt();
        recorder.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(recorder.failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .contains("not written to its end: still waiting for the disk: 0 operations"));
        recorder.close();
        assertThat(failures).hasSize(1);
    }

    @Test
    void whatWasRecordedCanBeReadASecondLaterWhateverHappensToTheProcess() {
        Path file = directory.resolve("history.jsonl.gz");
        try (HistoryRecorder recorder = HistoryRecorder.open(file, Samples.HEADER, failures::add)) {
            recorder.record(Samples.ofEveryForm().get(0));
            await().ignoreExceptions().untilAsserted(() -> {
                List<Operation> read = new ArrayList<>();
                assertThat(History.readUntilDamage(file).replay(read::add)).isPresent();
                assertThat(read).hasSize(1);
            });
        }
    }

    @Test
    void nothingIsWrittenAgainIfNothingWasRecorded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistoryWriter writer = new HistoryWriter(bytes, Samples.HEADER);
        writer.write(Samples.ofEveryForm().get(0));
        writer.flush();
        int written = bytes.size();
        writer.flush();
        assertThat(bytes.size()).isEqualTo(written);
    }

    @Test
    @EnabledIf("hasFullDevice")
    void thoseWhoWaitForTheDiskWhenItIsFullGoOn() throws Exception {
        CountDownLatch room = new CountDownLatch(1);
        FullLater disk = new FullLater(room);
        HistoryRecorder recorder = HistoryRecorder.open(Path.of("/dev/full"), disk, Samples.HEADER, failures::add);
        Thread waiting = new Thread(() -> recordVersions(recorder, 1, 300_000));
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        room.countDown();
        waiting.join(10_000);
        assertThat(waiting.isAlive()).isFalse();
        recorder.close();
        assertThat(disk.closed).isTrue();
        assertThat(failures).hasSize(1);
    }

    /** A disk that has room for a little: then the kernel says that it is full. */
    private static final class FullLater extends OutputStream {
        private final OutputStream full = new FileOutputStream("/dev/full");
        private final CountDownLatch mayWrite;
        private int room = 100_000;
        private volatile boolean closed;

        FullLater(CountDownLatch mayWrite) throws IOException {
            this.mayWrite = mayWrite;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            room -= length;
            if (room < 0) {
                await().until(() -> mayWrite.getCount() == 0);
                full.write(bytes, from, length);
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            full.close();
        }
    }

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    private static void recordVersions(HistoryRecorder recorder, long process, int versions) {
        for (int version = 1; version <= versions; version++) {
            Invocation call = new Invocation(process, Probe.SESSION, process, "node1", version, version);
            recorder.record(new Write(call, Completion.OK, version, "uuid:" + version));
        }
    }

    private static List<Operation> operations(History history) {
        List<Operation> operations = new ArrayList<>();
        assertThat(history.replay(operations::add)).isEmpty();
        return operations;
    }
}
