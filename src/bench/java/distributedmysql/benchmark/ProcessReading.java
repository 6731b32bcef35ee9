package distributedmysql.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process's own accounting (proc(5)).
 *
 * @param cpuMicros processor time of all its threads, in user and kernel mode; the kernel counts in steps of 10 ms
 * @param peakResidentBytes the most memory that it has had resident so far
 */
record ProcessReading(long cpuMicros, long peakResidentBytes) {
    // USER_HZ, by which the kernel counts in /proc, is 100 on every architecture that MySQL runs on (time(7)).
    private static final long MICROS_PER_TICK = 10_000;
    private static final int STATE_FIELD = 3;
    private static final int UTIME_FIELD = 14;
    private static final int STIME_FIELD = 15;
    private static final String PEAK = "VmHWM:";

    /** @throws IOException if there is no such process, or it is no longer alive */
    static ProcessReading of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        return new ProcessReading(
                cpuMicros(Files.readString(proc.resolve("stat"))),
                peakResidentBytes(Files.readAllLines(proc.resolve("status"))));
    }

    static long cpuMicros(String stat) throws IOException {
        // The second field is the program's name, in parentheses; it may hold spaces and parentheses itself.
        int nameEnd = stat.lastIndexOf(')');
        String[] fields = nameEnd < 0
                ? new String[0]
                : stat.substring(nameEnd + 1).strip().split(" ");
        if (fields.length <= STIME_FIELD - STATE_FIELD) {
            throw new IOException("not the text of /proc/PID/stat: " + stat.strip());
        }
        try {
            return MICROS_PER_TICK
                    * (Long.parseLong(fields[UTIME_FIELD - STATE_FIELD])
                            + Long.parseLong(fields[STIME_FIELD - STATE_FIELD]));
        } catch (NumberFormatException e) {
            throw new IOException("not the text of /proc/PID/stat: " + stat.strip(), e);
        }
    }

    static long peakResidentBytes(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(PEAK) && line.endsWith(" kB")) {
                return Long.parseLong(line.substring(PEAK.length(), line.length() - " kB".length())
                                .strip())
                        * 1024;
            }
        }
        throw new IOException("no " + PEAK + " in /proc/PID/status: the process has ended");
    }
}
