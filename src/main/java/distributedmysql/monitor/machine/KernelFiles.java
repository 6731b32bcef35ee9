package distributedmysql.monitor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what Linux tells about a machine under {@code /proc} and {@code /sys}: proc(5), and the kernel's documentation of
 * pressure stall information and of control groups. Where a file or a line is absent, as on another system, the value is
 * absent. Immutable and thread-safe.
 */
final class KernelFiles {
    private static final int STEAL = 7;
    /** {@code USER_HZ}: the unit of /proc/stat, 100 per second on every system that Java runs on. */
    private static final long TICK_NANOS = 10_000_000;

    private final Path root;

    /** @param root {@code /}, or where a copy of these files is */
    KernelFiles(Path root) {
        this.root = root;
    }

    /**
     * Processor time since the machine's start, of all processors together.
     *
     * @param busyNanos of all processes, and of the kernel
     * @param interruptNanos what the kernel took of it for interrupts, network traffic among them, and counts for no process
     * @param stealNanos what the host took for other virtual machines
     */
    record ProcessorTime(int processors, long busyNanos, long interruptNanos, long stealNanos) {}

    Optional<ProcessorTime> processorTime() {
        List<String> lines = lines("proc/stat");
        int processors =
                (int) lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
        return lines.stream()
                .filter(line -> line.startsWith("cpu "))
                .filter(line -> processors > 0)
                .map(line -> time(processors, fields(line)))
                .findFirst();
    }

    /** user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of the first two. */
    private static ProcessorTime time(int processors, long[] ticks) {
        long interrupts = ticks[5] + ticks[6];
        long busy = ticks[0] + ticks[1] + ticks[2] + interrupts;
        return new ProcessorTime(processors, busy * TICK_NANOS, interrupts * TICK_NANOS, ticks[STEAL] * TICK_NANOS);
    }

    private static long[] fields(String line) {
        long[] fields = Arrays.stream(line.strip().split("\\s+"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return Arrays.copyOf(fields, Math.max(fields.length, STEAL + 1));
    }

    /** Nanoseconds since the machine's start in which some process waited for memory. */
    OptionalLong memoryWaitNanos() {
        return lines("proc/pressure/memory").stream()
                .filter(line -> line.startsWith("some ") && line.contains(" total="))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* total=(\\d+).*", "$1")) * 1_000)
                .findFirst();
    }

    /** Since the machine's start. */
    OptionalLong pagesSwappedIn() {
        return value("proc/vmstat", "pswpin");
    }

    /** Nanoseconds in which the control group of this process was held up by its processor limit, of either version. */
    OptionalLong throttledNanos() {
        Optional<Path> two = group("", "sys/fs/cgroup");
        OptionalLong micros =
                two.map(group -> value(group + "/cpu.stat", "throttled_usec")).orElse(OptionalLong.empty());
        if (micros.isPresent()) {
            return OptionalLong.of(micros.getAsLong() * 1_000);
        }
        return group("cpu", "sys/fs/cgroup/cpu")
                .map(group -> value(group + "/cpu.stat", "throttled_time"))
                .orElse(OptionalLong.empty());
    }

    /** How many processors' time the control group of this process may take; empty if it has no limit. */
    Optional<Double> processorLimit() {
        Optional<Double> two = group("", "sys/fs/cgroup")
                .map(group -> lines(group + "/cpu.max"))
                .filter(lines -> !lines.isEmpty() && !lines.get(0).startsWith("max"))
                .map(lines -> {
                    String[] quota = lines.get(0).split(" ");
                    return Double.parseDouble(quota[0]) / Double.parseDouble(quota[1]);
                });
        return two.or(() -> group("cpu", "sys/fs/cgroup/cpu").flatMap(this::oldLimit));
    }

    private Optional<Double> oldLimit(Path group) {
        List<String> quota = lines(group + "/cpu.cfs_quota_us");
        List<String> period = lines(group + "/cpu.cfs_period_us");
        return quota.isEmpty() || period.isEmpty() || quota.get(0).startsWith("-")
                ? Optional.empty()
                : Optional.of(Double.parseDouble(quota.get(0)) / Double.parseDouble(period.get(0)));
    }

    /**
     * The directory of this process's control group, below the root; where a container shows its own group as the top one,
     * that.
     */
    private Optional<Path> group(String controller, String mount) {
        return lines("proc/self/cgroup").stream()
                .map(line -> line.split(":", 3))
                .filter(parts ->
                        parts.length == 3 && List.of(parts[1].split(",")).contains(controller))
                .map(parts -> Path.of(mount + parts[2]))
                .map(own -> Files.isDirectory(root.resolve(own)) ? own : Path.of(mount))
                .findFirst();
    }

    OptionalLong value(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst();
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    /** None where the file is absent or may not be read. */
    List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
