package distributedmysql.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gatling's plugin forks the JVM of the run, and nothing ends that JVM when Maven alone is ended: by {@code kill -9}, or by
 * a CI system that does not end the whole process group. The load would go on, and nobody would be there to stop it. So
 * the run ends when its Maven does. One that was started otherwise (an IDE, {@code java -cp}) has no such parent and is
 * left alone, whatever becomes of the shell that it came from.
 */
public final class MavenWatch {
    /** As after a signal that ended Maven: the run is not complete. */
    private static final int EXIT_CODE = 1;

    private MavenWatch() {}

    /** Looks for Maven now, because a process whose parent has ended is given another parent. */
    static void begin(Consumer<String> progress) {
        parent().ifPresent(maven -> maven.onExit().thenRunAsync(() -> end(maven, progress), MavenWatch::start));
    }

    /** The Maven that has started this JVM; empty if it was started otherwise. */
    static Optional<ProcessHandle> parent() {
        return ProcessHandle.current().parent().filter(process -> isMaven(commandLine(process)));
    }

    /**
     * Whether it is that of Maven's launcher ({@code bin/mvn} becomes this very process, as the wrapper does), or of its
     * daemon ({@code mvnd}).
     */
    public static boolean isMaven(String commandLine) {
        return commandLine.contains("org.codehaus.plexus.classworlds.launcher.Launcher")
                || commandLine.contains("org.mvndaemon.mvnd");
    }

    /** Java knows at most 4,096 characters of it on Linux. Where the system tells none, nothing is watched. */
    private static String commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    private static void end(ProcessHandle maven, Consumer<String> progress) {
        progress.accept("Maven (process " + maven.pid()
                + "), which has started this run, has ended: the run ends too, as" + " after Ctrl-C");
        System.exit(EXIT_CODE);
    }

    /** The thread that notices the end has a small stack, and other work. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "Maven has ended");
        thread.setDaemon(true);
        thread.start();
    }
}
