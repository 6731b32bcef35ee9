package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void tooLittleSpaceIsRefusedWithWhatIsNeeded() {
        assertThatThrownBy(() -> open().requireSpace(Long.MAX_VALUE, "the unpacked server"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("embedded.cache-directory = ")
                .hasMessageContaining("the unpacked server needs 8796093022207 MiB");
    }

    @Test
    void theDirectoryIsMadeWhereItIsMissing() {
        Path missing = directory.resolve("a/b");
        CacheDirectory.open(missing, line -> {});
        assertThat(missing).isDirectory();
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck")
    void onlyOneAtATimeHoldsTheLock() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        IntStream.range(0, 8).parallel().forEach(i -> {
            try {
                open().locked(() -> {
                    seen.add(inside.incrementAndGet());
                    Thread.yield();
                    return inside.decrementAndGet();
                });
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(seen).hasSize(8).containsOnly(1);
    }

    @Test
    void aRunDirectoryIsGoneWhenItIsClosedAndStartsNoProcessAfterThat() throws IOException {
        RunDirectory run = RunDirectory.create(open());
        Path path = run.path();
        Files.createDirectories(path.resolve("node1/data"));
        assertThat(RunDirectory.isOwn(path)).isTrue();

        run.close();
        run.close();

        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> run.spawn(new ProcessBuilder("true"))).isInstanceOf(TopologyException.class);
    }

    @Test
    void anUnlockedRunDirectoryIsRemovedAndAnOwnOneKept() throws IOException {
        CacheDirectory cache = open();
        try (RunDirectory run = RunDirectory.create(cache)) {
            Path left = Files.createDirectories(directory.resolve("runs/run-1-left/node1/data"));
            List<String> lines = new ArrayList<>();

            StaleRuns.end(cache, lines::add);

            assertThat(left).doesNotExist();
            assertThat(run.path()).isDirectory();
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .endsWith("left over: " + left.getParent().getParent());
        }
    }

    @Test
    void whereNothingIsLeftNothingIsMade() throws IOException {
        Path cache = directory.resolve("cache");

        StaleRuns.endUnlessBusy(cache, line -> {});

        assertThat(cache).doesNotExist();
    }

    private CacheDirectory open() {
        return CacheDirectory.open(directory, line -> {});
    }
}
