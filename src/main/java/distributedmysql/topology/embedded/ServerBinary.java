package distributedmysql.topology.embedded;

import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server program that runs on this machine.
 *
 * @param basedir the distribution's directory
 * @param environment what the program needs beside the JVM's own environment, for instance a library path
 */
record ServerBinary(Path basedir, Path mysqld, ServerVersion version, Map<String, String> environment) {
    private static final Duration VERSION_DEADLINE = Duration.ofSeconds(30);
    private static final Pattern VERSION = Pattern.compile("\\bVer (\\d+\\.\\d+\\.\\d+\\S*)");
    private static final List<String> DIRECTORIES = List.of("bin", "sbin", "usr/bin", "usr/sbin", "libexec");

    /**
     * The server in a distribution's directory.
     *
     * @throws TopologyException if there is none
     */
    static Path mysqldBelow(Path directory) {
        return programBelow(directory, "mysqld")
                .orElseThrow(() -> new TopologyException("embedded.basedir = " + directory
                        + (Files.isDirectory(directory) ? ": has no executable bin/mysqld" : ": is no directory")
                        + "; must be the directory of a MySQL 8.0 to 9.x distribution"));
    }

    /** A program in a distribution's directory. */
    static Optional<Path> programBelow(Path directory, String program) {
        return DIRECTORIES.stream()
                .map(name -> directory.resolve(name).resolve(program))
                .filter(Files::isExecutable)
                .map(path -> path.toAbsolutePath().normalize())
                .findFirst();
    }

    /** Asks the program for its version, and gives it the shared libraries that this machine lacks. */
    static ServerBinary inspect(Path mysqld, SharedLibraries libraries) throws IOException {
        String said = versionOf(mysqld, libraries);
        Path basedir = mysqld.getParent().getParent();
        return new ServerBinary(basedir, mysqld, version(mysqld, said), libraries.environment());
    }

    /** What any program of the distribution says of its version, once it has the shared libraries that this machine lacks. */
    static String versionOf(Path program, SharedLibraries libraries) throws IOException {
        Command.Result result = askVersion(program, libraries);
        while (result.exitCode() != 0) {
            libraries.provide(SharedLibraries.missing(result.output()).orElseThrow(failed(program, result, libraries)));
            result = askVersion(program, libraries);
        }
        return result.output();
    }

    /** From what {@code mysqld --version} says. */
    static ServerVersion version(Path mysqld, String output) {
        Matcher matcher = VERSION.matcher(output);
        String said = output.strip();
        if (!matcher.find() || said.toLowerCase(Locale.ROOT).contains("mariadb")) {
            throw new TopologyException(mysqld + ": is not MySQL: " + said + "; must be MySQL 8.0 to 9.x");
        }
        ServerVersion version = ServerVersion.parse(matcher.group(1));
        if (version.major() < 8 || version.major() > 9) {
            throw new TopologyException(mysqld + ": is MySQL " + version + "; must be MySQL 8.0 to 9.x");
        }
        return version;
    }

    private static Command.Result askVersion(Path program, SharedLibraries libraries) {
        try {
            return Command.run(
                    List.of(program.toString(), "--no-defaults", "--version"),
                    libraries.environment(),
                    VERSION_DEADLINE);
        } catch (IOException e) {
            throw new TopologyException(
                    program + ": cannot be run on this machine: " + e.getMessage() + libraries.hintWhereNothingRuns());
        }
    }

    private static Supplier<TopologyException> failed(Path program, Command.Result result, SharedLibraries libraries) {
        return () -> new TopologyException(program + " --version ended with exit code " + result.exitCode() + ": "
                + result.output().strip() + libraries.hintWhereNothingRuns());
    }
}
