package distributedmysql.topology;

import java.util.Map;

/** The exit code of a server's process, in words. */
public final class ExitCode {
    /** That of a process which a signal has ended is this and the number of the signal, as in a shell; so it is with Docker. */
    private static final int SIGNALLED = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 15,
            "SIGTERM");

    private ExitCode() {}

    /** For instance {@code exit code 137 (SIGKILL)}. */
    public static String words(int code) {
        String words = "exit code " + code;
        return code <= SIGNALLED
                ? words
                : words + " (" + SIGNALS.getOrDefault(code - SIGNALLED, "signal " + (code - SIGNALLED)) + ")";
    }
}
