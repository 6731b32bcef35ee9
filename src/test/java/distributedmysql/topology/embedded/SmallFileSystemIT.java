package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileSystemIT {
    private static final long FREE = 8L << 20;

    @TempDir
    Path directory;

    @BeforeEach
    void requireMounts() {
        assumeTrue(
                SmallFileSystem.impossible().isEmpty(),
                () -> "no mounts: " + SmallFileSystem.impossible().orElse(""));
    }

    @Test
    void theFilesAreThereAndSoMuchIsFree() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data/below"));
        Files.writeString(data.resolve("file"), "text");
        try {
            SmallFileSystem.replace(directory.resolve("data"), FREE);

            assertThat(data.resolve("file")).hasContent("text");
            assertThat(Files.getFileStore(data).type()).isEqualTo("tmpfs");
            assertThat(Files.getFileStore(data).getTotalSpace()).isBetween(FREE, FREE + (1 << 20));
        } finally {
            SmallFileSystem.unmountBelow(directory);
        }
        assertThat(Files.getFileStore(directory.resolve("data")).type()).isNotEqualTo("tmpfs");
    }

    @Test
    void whatAKilledRunLeftMountedIsUnmountedByTheNext() throws IOException {
        Path run = Files.createDirectories(directory.toRealPath().resolve("runs/run-of a killed JVM"));
        Path data = Files.createDirectories(run.resolve("node1/data"));
        List<String> said = new ArrayList<>();
        SmallFileSystem.replace(data, FREE);
        try {
            StaleRuns.end(CacheDirectory.open(directory, said::add), said::add);
        } finally {
            SmallFileSystem.unmountBelow(directory.toRealPath());
        }

        assertThat(run).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mounts")))
                .doesNotContain(directory.toRealPath().toString());
        assertThat(said).containsExactly("ended what a killed run left over: " + run);
    }
}
