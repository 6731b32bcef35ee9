package distributedmysql.topology.embedded;

import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A package of Debian, or of a distribution like it, downloaded and unpacked by an ordinary user: {@code apt-get} with
 * lists and cache of its own reads the machine's sources and keys, and changes nothing on it.
 *
 * @param work a directory for apt's lists and the package; the caller deletes it
 */
record DebianPackage(Path work) {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /**
     * The first of these packages that can be had, unpacked.
     *
     * @return its root directory; empty if none can be had, because the machine has no apt or is offline
     */
    Optional<Path> unpack(List<String> packages) throws IOException {
        prepare();
        if (!succeeds(aptGet("update"))) {
            return Optional.empty();
        }
        for (String name : packages) {
            if (succeeds(download(name))) {
                Path root = work.resolve("root");
                Path archive = theOnly(work.resolve("deb"));
                return succeeds(List.of("dpkg-deb", "-x", archive.toString(), root.toString()))
                        ? Optional.of(root)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * A package with others that it may need, unpacked into one root directory.
     *
     * @param others those that this distribution does not have are left out
     * @return empty if the package cannot be had
     */
    Optional<Path> unpackWith(String name, List<String> others) throws IOException {
        prepare();
        if (!succeeds(aptGet("update")) || !succeeds(download(name))) {
            return Optional.empty();
        }
        for (String other : others) {
            succeeds(download(other));
        }
        Path root = work.resolve("root");
        try (Stream<Path> archives = Files.list(work.resolve("deb"))) {
            for (Path archive : (Iterable<Path>) archives::iterator) {
                if (!succeeds(List.of("dpkg-deb", "-x", archive.toString(), root.toString()))) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(root);
    }

    private void prepare() throws IOException {
        Files.createDirectories(work.resolve("lists/partial"));
        Files.createDirectories(work.resolve("cache/archives/partial"));
    }

    private List<String> download(String name) throws IOException {
        Path target = Files.createDirectories(work.resolve("deb"));
        // apt-get downloads into the working directory.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", target.toString()));
        command.addAll(aptGet("download", name));
        return command;
    }

    private List<String> aptGet(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "apt-get",
                "-qq",
                "-o",
                "Dir::State::lists=" + work.resolve("lists"),
                "-o",
                "Dir::Cache=" + work.resolve("cache"),
                "-o",
                "Dir::State::status=/var/lib/dpkg/status",
                "-o",
                "Debug::NoLocking=1",
                // No change of user: a user other than root cannot, and root's download would be refused its target.
                "-o",
                "APT::Sandbox::User=",
                "-o",
                "Acquire::Languages=none"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean succeeds(List<String> command) {
        try {
            return Command.run(command, Map.of("LC_ALL", "C"), DEADLINE).exitCode() == 0;
        } catch (IOException | TopologyException e) {
            // No such program, or no network: the caller tells the user which command to run instead.
            return false;
        }
    }

    private static Path theOnly(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
