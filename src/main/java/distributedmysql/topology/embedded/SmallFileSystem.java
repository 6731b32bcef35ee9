package distributedmysql.topology.embedded;

import distributedmysql.config.FilePath;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * File systems of a fixed size, in memory (tmpfs), mounted over a server's data directory. Needs root (CAP_SYS_ADMIN) on
 * Linux. Whatever is mounted below the directory of a run is unmounted when the run ends, or by the next one.
 */
public final class SmallFileSystem {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private SmallFileSystem() {}

    /** Why nothing can be mounted on this machine, found out by mounting something; empty if it can. */
    public static Optional<String> impossible() {
        try {
            Path directory = Files.createTempDirectory("mount-test");
            try {
                mount(directory, 1 << 20);
                unmountBelow(directory);
                return Optional.empty();
            } finally {
                Files.delete(directory);
            }
        } catch (IOException | TopologyException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Moves the files of a directory that nobody uses to a file system of its own, which is mounted in its place.
     *
     * @param freeBytes what is left free there
     * @return the command that mounted it
     * @throws TopologyException if that fails; the directory is then as it was
     */
    public static String replace(Path directory, long freeBytes) throws IOException {
        Path large = directory.resolveSibling(directory.getFileName() + ".large");
        long bytes = FileTrees.size(directory) * 11 / 10 + freeBytes;
        Files.move(directory, large);
        boolean replaced = false;
        try {
            Files.createDirectory(directory);
            String command = mount(directory, bytes);
            FileTrees.copyInto(large, directory);
            replaced = true;
            FileTrees.delete(large);
            return command;
        } finally {
            if (!replaced) {
                unmountBelow(directory);
                FileTrees.delete(directory);
                Files.move(large, directory);
            }
        }
    }

    /** Unmounts this directory and all below it, the deepest first; nobody may use them any more. */
    static void unmountBelow(Path directory) throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        if (!Files.isReadable(mounts)) {
            // Not Linux: nothing was mounted.
            return;
        }
        List<Path> ours = new ArrayList<>(Files.readAllLines(mounts).stream()
                // The second field; proc(5) writes a blank in a path as \040.
                .flatMap(line -> FilePath.possible(line.split(" ")[1].replace("\\040", " ")).stream())
                .filter(path -> path.startsWith(directory))
                .toList());
        Collections.reverse(ours);
        for (Path path : ours) {
            require(List.of("umount", path.toString()));
        }
    }

    private static String mount(Path directory, long bytes) {
        List<String> command =
                List.of("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + bytes, "tmpfs", directory.toString());
        require(command);
        return "mount of a tmpfs of " + (bytes >> 20) + " MiB";
    }

    private static void require(List<String> command) {
        try {
            Command.Result result = Command.run(command, Map.of(), DEADLINE);
            if (result.exitCode() != 0) {
                throw new TopologyException(String.join(" ", command) + ": "
                        + result.output().strip().replace("\n", "; "));
            }
        } catch (IOException e) {
            throw new TopologyException("the program " + command.get(0) + " cannot be run: " + e.getMessage());
        }
    }
}
