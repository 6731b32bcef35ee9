package distributedmysql.report;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.Deployment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the servers' error logs say, and that of a router before them, kept beside the reports of a run that has failed: the
 * logs themselves go with the servers. Of a log that is longer than 1 MiB, its last 1 MiB. Only what is a file of this machine.
 *
 * <p>The logs are open from the beginning. So they can be read to their end also after Ctrl-C, when another thread may have
 * deleted them: a file that is open stays until it is closed (POSIX). Not thread-safe.
 */
public final class ErrorLogs implements AutoCloseable {
    static final int MAX_BYTES = 1 << 20;

    /** How our own files are known again. */
    static final String MARK = "MySQL Distributed Test Framework: the error log of ";

    private static final String ROUTER = "haproxy";

    private record Log(String name, String whose, FileChannel channel) {}

    private final List<Log> logs = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private ErrorLogs() {}

    /** To be called once all of it runs. */
    public static ErrorLogs open(Deployment deployment) {
        ErrorLogs opened = new ErrorLogs();
        for (Node node : deployment.nodes()) {
            opened.add(node.name(), node.toString(), node.control().flatMap(ServerControl::errorLog));
        }
        opened.add(ROUTER, ROUTER, deployment.routerLog());
        return opened;
    }

    private void add(String name, String whose, Optional<Path> file) {
        try {
            if (file.isPresent()) {
                logs.add(new Log(name, whose, FileChannel.open(file.get())));
            }
        } catch (IOException e) {
            lines.add(notKept(name, e));
        }
    }

    /**
     * Copies them beside the JSON summary of the run.
     *
     * @return lines for the console: where each is, or why it is not there; the run's result is not lost for that
     */
    public List<String> copyBeside(Path json) {
        return copy(json.toAbsolutePath().getParent(), RunFile.timestampOf(json));
    }

    /** The same of a run that broke before it could have a JSON summary, and that began then. */
    public List<String> copyInto(Path directory, Instant start) {
        return copy(directory.toAbsolutePath(), ReportWriter.timestamp(start));
    }

    private List<String> copy(Path directory, String run) {
        for (Log log : logs) {
            Path file = directory.resolve("error_log_" + run + "_" + log.name() + ".log");
            try {
                Files.createDirectories(directory);
                copy(log, file);
                lines.add("Error log of " + log.name() + ": " + file.normalize());
            } catch (IOException e) {
                lines.add(notKept(log.name(), e));
            }
        }
        return List.copyOf(lines);
    }

    private static void copy(Log log, Path file) throws IOException {
        try (OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            long leftOut = Math.max(0, log.channel().size() - MAX_BYTES);
            String before = leftOut == 0 ? "" : "; left out before: " + Plural.of(leftOut, "byte");
            to.write((MARK + log.whose() + before + "\n").getBytes(StandardCharsets.UTF_8));
            // The server may be writing: no more than the limit all the same.
            to.write(Channels.newInputStream(log.channel().position(leftOut)).readNBytes(MAX_BYTES));
        }
    }

    private static String notKept(String name, IOException e) {
        return "warning: the error log of " + name + " is not kept: " + ReportWriter.reason(e);
    }

    @Override
    public void close() {
        for (Log log : logs) {
            try {
                log.channel().close();
            } catch (IOException e) {
                // Nothing is lost: it was only read.
            }
        }
    }
}
