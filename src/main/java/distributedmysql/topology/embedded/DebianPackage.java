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
        return isUpdated() && packages.stream().anyMatch(this::isDownloaded) ? extracted() : Optional.empty();
    }

    /**
     * A package with others that it may need, unpacked into one root directory.
     *
     * @param others those that this distribution does not have are left out
     * @return empty if the package cannot be had
     */
    Optional<Path> unpackWith(String name, List<String> others) throws IOException {
        if (!isUpdated() || !isDownloaded(name)) {
            return Optional.empty();
        }
        others.forEach(this::isDownloaded);
        return extracted();
    }

    private boolean isUpdated() throws IOException {
        Files.createDirectories(work.resolve("lists/partial"));
        Files.createDirectories(work.resolve("cache/archives/partial"));
        Files.createDirectories(work.resolve("deb"));
        return succeeds(aptGet("update"));
    }

    private boolean isDownloaded(String name) {
        // apt-get downloads into the working directory.
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "cd \"$0\" && exec \"$@\"", work.resolve("deb").toString()));
        command.addAll(aptGet("download", name));
        return succeeds(command);
    }

    /** All that was downloaded, in one root directory. */
    private Optional<Path> extracted() throws IOException {
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
}
