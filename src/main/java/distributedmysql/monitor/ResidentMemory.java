package distributedmysql.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of processes, where the system has {@code /proc} (Linux). */
final class ResidentMemory {
    private static final Path PROC = Path.of("/proc");
    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    static boolean isReadable() {
        return Files.isReadable(PROC.resolve("self/status"));
    }

    /**
     * Bytes; the kernel's counter may be some pages behind (proc(5)).
     *
     * @throws IOException if there is no such process, or it is no longer alive
     */
    static long bytes(String process) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve(process).resolve("status"))) {
            if (line.startsWith(LINE)) {
                return Long.parseLong(
                                line.substring(LINE.length()).replace("kB", "").strip())
                        * 1024;
            }
        }
        throw new IOException("process " + process + " has no resident memory: it has ended");
    }
}
