package distributedmysql.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cache directory of a test's own, so that other runs on this machine end nothing of it, and so that what is in it is
 * the test's. What takes long to make is shared, through links.
 */
public final class TestCache {
    private TestCache() {}

    /** Makes what is shared, if nobody has, and links it. */
    public static void share(Path cache) throws IOException {
        Path shared = TestServers.settings().embedded().cacheDirectory();
        if (made(shared).isEmpty()) {
            TestServers.start().close();
        }
        for (Path entry : made(shared)) {
            Files.createSymbolicLink(cache.resolve(entry.getFileName()), entry.toAbsolutePath());
        }
    }

    /** JUnit would delete the links too, but not without warnings. */
    public static void removeLinks(Path cache) throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            for (Path entry : (Iterable<Path>) entries.filter(Files::isSymbolicLink)::iterator) {
                Files.delete(entry);
            }
        }
    }

    /** The servers that run on data in this cache. */
    public static List<ProcessHandle> servers(Path cache) throws IOException {
        String option = "--datadir=" + cache.toRealPath() + "/";
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(option))
                .toList();
    }

    /** All processes that work in this cache: servers, and a router before them. */
    public static List<ProcessHandle> processes(Path cache) throws IOException {
        String runs = cache.toRealPath() + "/runs/";
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(runs))
                .toList();
    }

    /** The server of one node, by its name. */
    public static ProcessHandle server(Path cache, String node) throws IOException {
        return servers(cache).stream()
                .filter(process -> commandLine(process).contains("/" + node + "/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no server of " + node + " on data in " + cache));
    }

    private static List<Path> made(Path shared) throws IOException {
        if (!Files.isDirectory(shared)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(shared)) {
            List<Path> made = entries.filter(
                            entry -> entry.getFileName().toString().matches("(mysql|data|lib|haproxy)-.*"))
                    .toList();
            // With a server of the user's own, there is only its data template.
            boolean template = made.stream()
                    .anyMatch(entry -> entry.getFileName().toString().startsWith("data-"));
            return template ? made : List.of();
        }
    }

    private static String commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Not Linux, or ended meanwhile.
            return process.info().commandLine().orElse("");
        }
    }
}
