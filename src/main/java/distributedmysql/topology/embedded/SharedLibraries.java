package distributedmysql.topology.embedded;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shared libraries that mysqld needs and this machine lacks, usually {@code libaio.so.1} and {@code libnuma.so.1}.
 * They are taken from the distribution's own packages into the cache, without root and without installing anything,
 * and found there through {@code LD_LIBRARY_PATH}.
 */
final class SharedLibraries {
    // What glibc's loader says (elf/dl-load.c).
    private static final Pattern MISSING =
            Pattern.compile("error while loading shared libraries: (\\S+): cannot open shared object file");
    // Debian 13 and Ubuntu 24.04 call libaio.so.1 so; where time_t always had 64 bits it is the same library.
    private static final String RENAMED = "t64";

    private final CacheDirectory cache;
    private final OsRelease os;
    private final Path directory;
    private final Consumer<String> progress;

    SharedLibraries(CacheDirectory cache, OsRelease os, Consumer<String> progress) {
        this.cache = cache;
        this.os = os;
        this.progress = progress;
        this.directory = cache.resolve(os.directory("lib"));
    }

    /** The library that the loader did not find, from what it says. */
    static Optional<String> missing(String output) {
        Matcher matcher = MISSING.matcher(output);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    Map<String, String> environment() {
        return Files.isDirectory(directory) ? environment(directory) : Map.of();
    }

    /** What makes a program find the libraries in this directory before those that it finds anyway. */
    static Map<String, String> environment(Path directory) {
        String inherited = System.getenv("LD_LIBRARY_PATH");
        return Map.of(
                "LD_LIBRARY_PATH",
                inherited == null || inherited.isEmpty() ? directory.toString() : directory + ":" + inherited);
    }

    /** Why a program may not even be loaded, where that is known; else empty. */
    String hintWhereNothingRuns() {
        return os.isLike("alpine")
                ? ". MySQL needs glibc, and Alpine has musl: run on a distribution with glibc (a Debian-based image),"
                        + " or use servers elsewhere with -Dtopology=external"
                : "";
    }

    /**
     * Called with the cache locked.
     *
     * @throws TopologyException if the library cannot be had; the message has the command that installs it
     */
    void provide(String library) throws IOException {
        if (Files.exists(directory.resolve(library))) {
            throw new TopologyException("MySQL does not find " + library + " although it is in " + directory);
        }
        if (!provideFrom(Path.of("/usr/lib"), library) && !download(library)) {
            throw new TopologyException("MySQL needs " + library + ", which this machine lacks, and it could not"
                    + " be fetched without installing it. Run: " + InstallCommand.of(os));
        }
    }

    private boolean download(String library) throws IOException {
        List<String> packages = InstallCommand.debianPackages(library);
        if (packages.isEmpty() || !(os.isLike("debian") || os.isLike("ubuntu"))) {
            return false;
        }
        progress.accept(library + " is missing; fetching it from the distribution's package into "
                + directory.getParent() + " (nothing is installed)");
        Path work = cache.resolve("apt.unfinished");
        FileTrees.delete(work);
        try {
            Optional<Path> root = new DebianPackage(work).unpack(packages);
            return root.isPresent() && provideFrom(root.get(), library);
        } finally {
            FileTrees.delete(work);
        }
    }

    /** Takes the library from the places below a root directory where Debian's packages put it. */
    boolean provideFrom(Path root, String library) throws IOException {
        Optional<Path> found = find(root, library);
        if (found.isPresent()) {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(library + ".unfinished");
            Files.copy(found.get(), unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, directory.resolve(library), StandardCopyOption.ATOMIC_MOVE);
        }
        return found.isPresent();
    }

    /** By which Debian's packages tell processors apart. */
    static String triplet() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
    }

    private static Optional<Path> find(Path root, String library) throws IOException {
        String triplet = triplet();
        for (String place : List.of(triplet, "lib/" + triplet, "usr/lib/" + triplet)) {
            Path candidate = root.resolve(place).resolve(library + RENAMED);
            Path plain = root.resolve(place).resolve(library);
            if (Files.exists(candidate)) {
                return Optional.of(candidate);
            } else if (Files.exists(plain)) {
                return Optional.of(plain);
            }
        }
        return Optional.empty();
    }
}
