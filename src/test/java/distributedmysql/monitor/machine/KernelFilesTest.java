package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as Linux writes them. */
class KernelFilesTest {
    @TempDir
    private Path root;

    private KernelFiles kernel() {
        return new KernelFiles(root);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void processorTimeIsOfAllProcessorsWithoutIdleAndStealApart() throws IOException {
        write("proc/stat", """
                cpu  100 20 300 4000 500 6 7 80 9 10
                cpu0 50 10 150 2000 250 3 3 40 4 5
                cpu1 50 10 150 2000 250 3 4 40 5 5
                intr 1 2 3
                """);
        assertThat(kernel().processorTime())
                .contains(new KernelFiles.ProcessorTime(2, 4_330_000_000L, 130_000_000L, 800_000_000L));
    }

    @Test
    void memoryAndSwap() throws IOException {
        write("proc/pressure/memory", """
                some avg10=0.00 avg60=0.00 avg300=0.00 total=1234
                full avg10=0.00 avg60=0.00 avg300=0.00 total=99
                """);
        write("proc/vmstat", "pgpgin 5\npswpin 42\npswpout 7\n");
        assertThat(kernel().memoryWaitNanos()).hasValue(1_234_000);
        assertThat(kernel().pagesSwappedIn()).hasValue(42);
    }

    @Test
    void theLimitOfAControlGroupOfVersion2() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/run.service\n");
        write("sys/fs/cgroup/system.slice/run.service/cpu.max", "150000 100000\n");
        write("sys/fs/cgroup/system.slice/run.service/cpu.stat", "usage_usec 9\nthrottled_usec 700\n");
        assertThat(kernel().processorLimit()).contains(1.5);
        assertThat(kernel().throttledNanos()).hasValue(700_000);
    }

    @Test
    void theLimitOfAContainerThatShowsItsOwnGroupAsTheTopOne() throws IOException {
        write("proc/self/cgroup", "0::/docker/abc\n");
        write("sys/fs/cgroup/cpu.max", "50000 100000\n");
        assertThat(kernel().processorLimit()).contains(0.5);
    }

    @Test
    void theLimitOfAControlGroupOfVersion1() throws IOException {
        write("proc/self/cgroup", "4:memory:/a\n1:cpu,cpuacct:/a\n0::/\n");
        write("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "200000\n");
        write("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
        write("sys/fs/cgroup/cpu/a/cpu.stat", "nr_throttled 3\nthrottled_time 12345\n");
        assertThat(kernel().processorLimit()).contains(2.0);
        assertThat(kernel().throttledNanos()).hasValue(12_345);
    }

    @Test
    void noLimitIsNone() throws IOException {
        write("proc/self/cgroup", "0::/\n1:cpu:/\n");
        write("sys/fs/cgroup/cpu.max", "max 100000\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        assertThat(kernel().processorLimit()).isEmpty();
    }

    @Test
    void whatIsAbsentIsAbsent() {
        assertThat(kernel().processorTime()).isEmpty();
        assertThat(kernel().memoryWaitNanos()).isEmpty();
        assertThat(kernel().pagesSwappedIn()).isEmpty();
        assertThat(kernel().throttledNanos()).isEmpty();
        assertThat(kernel().processorLimit()).isEmpty();
        assertThat(PlatformFacts.processors(kernel()).model()).isNull();
        assertThat(PlatformFacts.processors(kernel()).count()).isNull();
        assertThat(PlatformFacts.memory(kernel()).bytes()).isNull();
        assertThat(PlatformFacts.platform(kernel()).virtualisation()).isNull();
        assertThat(PlatformFacts.platform(kernel()).container()).isNull();
    }

    @Test
    void virtualMachinesAndContainersAreToldByTheirMarks() throws IOException {
        write("proc/cpuinfo", "model name\t: EPYC\nflags\t\t: fpu sse2\n");
        assertThat(PlatformFacts.platform(kernel()).virtualisation()).isEqualTo("none");
        write("proc/cpuinfo", "model name\t: EPYC\nflags\t\t: fpu hypervisor sse2\n");
        assertThat(PlatformFacts.platform(kernel()).virtualisation()).isEqualTo("virtual machine");
        write("sys/class/dmi/id/sys_vendor", "Amazon EC2\n");
        write("sys/class/dmi/id/product_name", "m5.large\n");
        assertThat(PlatformFacts.platform(kernel()).virtualisation())
                .isEqualTo("virtual machine (Amazon EC2 m5.large)");
        write("run/systemd/container", "lxc\n");
        assertThat(PlatformFacts.platform(kernel()).container()).isEqualTo("lxc");
        write(".dockerenv", "");
        assertThat(PlatformFacts.platform(kernel()).container()).isEqualTo("docker");
        write("proc/self/cgroup", "0::/kubepods/pod1\n");
        assertThat(PlatformFacts.platform(kernel()).container()).isEqualTo("kubernetes");
    }
}
