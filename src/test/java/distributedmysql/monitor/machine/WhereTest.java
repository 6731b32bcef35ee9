package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.config.HostNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told about this machine is what its own commands say. */
class WhereTest {
    @TempDir
    private Path directory;

    private Where where(HostNaming naming) {
        return Where.read(naming, Map.of("reports", directory.resolve("not/yet/there")));
    }

    private static String said(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void processorsMemoryAndSystemAreThoseOfTheCommands() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/meminfo")), "Linux");
        Where where = where(HostNaming.HASH);
        assertThat(where.processors().count()).hasToString(said("nproc", "--all"));
        assertThat(where.processors().usable()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(said("sh", "-c", "grep -m1 'model name' /proc/cpuinfo"))
                .endsWith(where.processors().model());
        assertThat(where.memory().bytes() / 1024)
                .hasToString(said("sh", "-c", "grep MemTotal /proc/meminfo | tr -dc 0-9"));
        assertThat(where.platform().system()).contains(said("uname", "-r"));
    }

    @Test
    void theDiskIsThatOfTheDirectory() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/meminfo")), "Linux");
        Where.Disk disk = where(HostNaming.HASH).disks().get(0);
        String[] blocks =
                said("stat", "-f", "-c", "%b %S", directory.toString()).split(" ");
        assertThat(disk.bytes()).isEqualTo(Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]));
        assertThat(disk.fileSystem()).isEqualTo(said("sh", "-c", "df --output=fstype '" + directory + "' | tail -1"));
        assertThat(disk.freeBytes()).isBetween(0L, disk.bytes());
    }

    @Test
    void theHostIsNamedAsTheSettingsWant() throws IOException {
        String name = where(HostNaming.NAME).host();
        assertThat(name).isNotBlank();
        if (Files.isReadable(Path.of("/proc/sys/kernel/hostname"))) {
            assertThat(name).isEqualTo(said("uname", "-n"));
        }
        assertThat(where(HostNaming.HASH).host()).matches("[0-9a-f]{12}").isEqualTo(HostName.hash(name));
        assertThat(where(HostNaming.NONE).host()).isNull();
        // printf db1 | sha256sum
        assertThat(HostName.hash("db1")).isEqualTo("82e64648d9ab");
    }

    @Test
    void noPropertyAndNoPathIsAmongTheOptions() {
        assertThat(PlatformFacts.options(List.of(
                        "-Xmx1G",
                        "-XX:+UseZGC",
                        "-Dpassword=secret",
                        "-XX:HeapDumpPath=/home/alice/dump",
                        "-javaagent:a.jar")))
                .containsExactly("-Xmx1G", "-XX:+UseZGC");
    }

    @Test
    void noUserAndNoHomeIsTold() {
        assertThat(where(HostNaming.HASH).toString())
                .doesNotContain(System.getProperty("user.home") + "/")
                .doesNotContain(directory.toString());
    }
}
