package distributedmysql.topology.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether a process has stopped after SIGSTOP: the signal is only sent by then, and each thread stops at its own next step. */
final class StoppedProcess {
    private StoppedProcess() {}

    /** Every thread is in state T (proc(5)); elsewhere than on Linux, taken for granted. */
    static boolean is(long pid) {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : (Iterable<Path>) all::iterator) {
                String stat = Files.readString(thread.resolve("stat"));
                if (!stat.substring(stat.lastIndexOf(')')).startsWith(") T")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // A thread that ended while its state was being read: not all are stopped yet.
            return false;
        }
    }
}
