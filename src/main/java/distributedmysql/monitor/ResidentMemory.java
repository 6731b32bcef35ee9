package distributedmysql.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Resident memory of one process, where the system has {@code /proc} (Linux).
 *
 * @param bytes the kernel's counter ({@code VmRSS}), which may be some pages behind (proc(5))
 * @param peakBytes the most that it ever was ({@code VmHWM})
 */
record ResidentMemory(long bytes, long peakBytes) {
    static final Path PROC = Path.of("/proc");

    static boolean isReadable() {
        return Files.isReadable(PROC.resolve("self/status"));
    }

    /**
     * @param process its number, or {@code self}
     * @throws IOException if there is no such process, or it is no longer alive
     */
    static ResidentMemory of(String process) throws IOException {
        return of(PROC, process);
    }

    /** @param proc {@code /proc}, or where a copy of its files is */
    static ResidentMemory of(Path proc, String process) throws IOException {
        List<String> status = Files.readAllLines(proc.resolve(process).resolve("status"));
        return new ResidentMemory(bytes(status, "VmRSS:", process), bytes(status, "VmHWM:", process));
    }

    private static long bytes(List<String> status, String name, String process) throws IOException {
        for (String line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                                line.substring(name.length()).replace("kB", "").strip())
                        * 1024;
            }
        }
        throw new IOException("process " + process + " has no resident memory: it has ended");
    }
}
