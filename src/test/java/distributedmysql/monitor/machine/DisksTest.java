package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisksTest {
    @TempDir
    private Path root;

    private Boolean isRotational(String flag, String cpuinfo) throws IOException {
        file("proc/self/mountinfo", "25 1 254:0 / / rw,noatime - ext4 /dev/vda rw");
        file("sys/dev/block/254:0/queue/rotational", flag);
        file("proc/cpuinfo", cpuinfo);
        return new Disks(new KernelFiles(root)).isRotational(Path.of("/data"));
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    @Test
    @DisplayName("A virtual machine calls every disk spinning of which its host says nothing: that is not known")
    void aVirtualDiskIsNotCalledSpinning() throws IOException {
        String virtual = "model name\t: EPYC\nflags\t\t: fpu hypervisor lahf_lm";
        assertThat(isRotational("1", virtual)).isNull();
        assertThat(isRotational("0", virtual)).isFalse();
        // Processors that do not say whether there is a hypervisor.
        assertThat(isRotational("1", "Features\t: fp asimd")).isNull();

        String real = "model name\t: EPYC\nflags\t\t: fpu lahf_lm";
        assertThat(isRotational("1", real)).isTrue();
        assertThat(isRotational("0", real)).isFalse();
    }
}
