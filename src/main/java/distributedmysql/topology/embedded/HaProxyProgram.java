package distributedmysql.topology.embedded;

import distributedmysql.config.FilePath;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import distributedmysql.topology.router.HaProxy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where HAProxy comes from: the user's setting, PATH, or the distribution's package, unpacked into the cache without root. */
final class HaProxyProgram {
    private static final Duration VERSION_DEADLINE = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("version (\\d+)\\.(\\d+)");
    /** What the package needs and a machine may lack: of Debian 11 and 12, of Debian 13 and Ubuntu 24.04. */
    private static final List<String> LIBRARIES =
            List.of("liblua5.3-0", "liblua5.4-0", "libopentracing-c-wrapper0", "libopentracing1");
    /** Where it is installed, which is in the PATH of root only. */
    private static final String SBIN = "/usr/sbin";

    private HaProxyProgram() {}

    /** @throws TopologyException if none can be had, or it is too old; the message says what to do */
    static HaProxy.Program find(RouterSettings settings, CacheDirectory cache, Consumer<String> progress)
            throws IOException {
        if (settings.haproxy().isPresent()) {
            Path own = settings.haproxy().get().toAbsolutePath();
            if (!Files.isExecutable(own) || Files.isDirectory(own)) {
                throw new TopologyException(
                        "router.haproxy = " + own + ": is no program; must be an HAProxy 2.2 or later, or empty");
            }
            return inspect(new HaProxy.Program(own, Map.of()));
        }
        Optional<Path> installed = inPath(System.getenv().getOrDefault("PATH", ""));
        if (installed.isPresent()) {
            return inspect(new HaProxy.Program(installed.get(), Map.of()));
        }
        return cache.locked(() -> unpacked(cache, progress));
    }

    static Optional<Path> inPath(String path) {
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of(SBIN))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> FilePath.possible(directory + "/haproxy").stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Called with the cache locked. */
    static HaProxy.Program unpacked(CacheDirectory cache, Consumer<String> progress) throws IOException {
        OsRelease os = OsRelease.current();
        Path directory = cache.resolve(os.directory("haproxy"));
        if (!Files.isDirectory(directory) && !download(os, cache, directory, progress)) {
            throw new TopologyException("haproxy: is not in PATH, and could not be fetched without installing it."
                    + " Install the package haproxy (for instance: sudo apt-get install haproxy), or"
                    + " say where the program is: -Drouter.haproxy=/path/haproxy");
        }
        Path libraries = directory.resolve("usr/lib").resolve(SharedLibraries.triplet());
        return inspect(
                new HaProxy.Program(directory.resolve("usr/sbin/haproxy"), SharedLibraries.environment(libraries)));
    }

    private static boolean download(OsRelease os, CacheDirectory cache, Path directory, Consumer<String> progress)
            throws IOException {
        if (!os.isLike("debian") && !os.isLike("ubuntu")) {
            return false;
        }
        progress.accept("haproxy is not there; fetching it from the distribution's package into " + directory
                + " (nothing is installed)");
        Path work = cache.resolve("apt.unfinished");
        FileTrees.delete(work);
        try {
            Optional<Path> root = new DebianPackage(work).unpackWith("haproxy", LIBRARIES);
            if (root.isEmpty()) {
                return false;
            }
            Files.move(root.get(), directory, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            FileTrees.delete(work);
        }
    }

    private static HaProxy.Program inspect(HaProxy.Program program) {
        try {
            Command.Result result =
                    Command.run(List.of(program.path().toString(), "-v"), program.environment(), VERSION_DEADLINE);
            Matcher version = VERSION.matcher(result.output());
            if (result.exitCode() != 0 || !version.find()) {
                String said = result.output().isBlank()
                        ? "nothing"
                        : '"' + result.output().strip() + '"';
                throw new TopologyException(program.path() + ": is no HAProxy (-v ended with exit code "
                        + result.exitCode() + ", and said " + said
                        + "); must be one, 2.2 or later; give another one with"
                        + " -Drouter.haproxy=/path/haproxy");
            }
            int major = Integer.parseInt(version.group(1));
            if (major < 2 || (major == 2 && Integer.parseInt(version.group(2)) < 2)) {
                throw new TopologyException(program.path() + ": is HAProxy " + major + "." + version.group(2)
                        + "; must be 2.2 or later; give another one with -Drouter.haproxy=/path/haproxy");
            }
            return program;
        } catch (IOException e) {
            throw new TopologyException(program.path() + ": cannot be run on this machine: " + e.getMessage());
        }
    }
}
