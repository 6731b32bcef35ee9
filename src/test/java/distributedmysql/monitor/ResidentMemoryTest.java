package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    @TempDir
    private Path proc;

    @Test
    @DisplayName("The kernel counts in units of 1024 bytes, whatever it calls them")
    void figures() throws IOException {
        status("Name:\tmysqld\nVmPeak:\t 1776080 kB\nVmHWM:\t  475748 kB\nVmRSS:\t  462520 kB\nRssAnon:\t 1 kB\n");

        assertThat(ResidentMemory.of(proc, "17")).isEqualTo(new ResidentMemory(462_520L * 1024, 475_748L * 1024));
    }

    @Test
    @DisplayName("A process that has ended, and is not yet forgotten, has no memory")
    void ended() throws IOException {
        status("Name:\tmysqld\nState:\tZ (zombie)\n");

        assertThatThrownBy(() -> ResidentMemory.of(proc, "17"))
                .isInstanceOf(IOException.class)
                .hasMessage("process 17 has no resident memory: it has ended");
    }

    private void status(String text) throws IOException {
        Files.writeString(Files.createDirectory(proc.resolve("17")).resolve("status"), text);
    }
}
