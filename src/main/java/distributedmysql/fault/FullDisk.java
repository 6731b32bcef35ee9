package distributedmysql.fault;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.embedded.SmallFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Nothing more can be written to the file system that holds the data directory, until healing frees it. For this the
 * data is first moved to a small file system in memory, where it stays until the run ends.
 *
 * <p>A server that waits for space looks again every 60 s
 * (https://dev.mysql.com/doc/refman/8.0/en/full-disk.html); healing does not wait for that.
 */
public final class FullDisk extends ServerFault {
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final String FILLER = "filler.tmp";

    private final ReplicaSet replicaSet;
    private final long freeBytes;
    private Path data;
    private String moved = "";

    /** @param freeBytes what the small file system has left before and after the fault; it is filled in memory */
    public FullDisk(ReplicaSet replicaSet, Node node, long freeBytes) {
        super("full disk", node);
        this.replicaSet = replicaSet;
        this.freeBytes = freeBytes;
    }

    @Override
    public Optional<String> impossible() {
        return super.impossible()
                .or(() -> node().isInContainer() || node().pid().isEmpty()
                        ? Optional.of(node() + ": its data is not on a file system of this machine")
                        : SmallFileSystem.impossible());
    }

    /** Moves the data to the small file system, for which the server is killed and started again. Call it before load. */
    public void prepare() {
        ServerControl control = OwnServer.control(node());
        Path directory = Path.of(Mysql.text(node(), "SELECT @@datadir"));
        control.kill();
        try {
            moved = SmallFileSystem.replace(directory, freeBytes);
            data = directory;
        } catch (IOException e) {
            throw new TopologyException(node() + ": cannot move " + directory + ": " + e);
        } finally {
            startAgain(control);
        }
    }

    /** Prepares first, if that has not been done. */
    @Override
    String harm() {
        if (data == null) {
            prepare();
        }
        Path filler = data.resolve(FILLER);
        // binlog_error_action=ABORT_SERVER: it may end itself.
        OwnServer.control(node()).mayEnd();
        // Smaller and smaller pieces, so that nothing at all is left.
        for (int piece = 1 << 20; piece >= 1; piece >>= 2) {
            fill(filler, piece);
        }
        return moved + ", filled with a file of " + Plural.of(filler.toFile().length(), "byte");
    }

    @Override
    void repair() {
        if (data == null) {
            return;
        }
        try {
            if (Files.deleteIfExists(data.resolve(FILLER))
                    && !OwnServer.control(node()).isAlive()) {
                startAgain(OwnServer.control(node()));
            }
        } catch (IOException e) {
            throw new TopologyException(node() + ": cannot free the disk: " + e);
        }
    }

    private void startAgain(ServerControl control) {
        control.start(START_DEADLINE);
        OwnServer.resumeRole(replicaSet, node());
    }

    private static void fill(Path file, int piece) {
        byte[] bytes = new byte[piece];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException e) {
            // No space is left for a piece of this size: that is what is wanted.
            return;
        }
    }
}
