package distributedmysql.backup;

import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes servers of backups that the user's own tool has made, and that are in no store. Changes nothing of them. Thread-safe. */
public final class OwnFiles {
    private final SpareServers spares;
    private final Consumer<String> progress;

    /** @param progress takes lines for the console */
    public OwnFiles(SpareServers spares, Consumer<String> progress) {
        this.spares = spares;
        this.progress = line -> progress.accept("restore: " + line);
    }

    private interface Making {
        Node in(SpareServer spare) throws IOException;
    }

    /** Whether a program of MySQL's own loads it: SQL, perhaps compressed, by the end of its name. */
    public static boolean isDump(Path made) {
        return OwnDump.isOne(made);
    }

    /**
     * Loads a dump, and returns when the server has executed what the dump says. Otherwise it throws, and nothing is left of the server.
     *
     * @throws BackupException if it is not whole, or holds other GTIDs than it says
     */
    public RestoredServer ofDump(Path file, DumpBackup loading) throws IOException {
        OwnDump dump = new OwnDump(file);
        OwnDump.Said said = dump.read();
        return made(file, "mysql", spare -> {
            Node node = loading.restore(dump::open, said.database(), spare);
            GtidSet executed = GtidSet.executed(node);
            // None, if it says so in a comment only.
            if (!executed.isEmpty() && !executed.equals(said.gtids().orElse(executed))) {
                throw new BackupException(file + ": says that it holds the GTIDs "
                        + said.gtids().get() + ", and the restored server has executed " + executed);
            }
            return node;
        });
    }

    /** The same of any files, by the user's own commands. */
    public RestoredServer ofFiles(Path files, HookBackup commands) throws IOException {
        return made(files, "your own commands", spare -> commands.restore(files, spare));
    }

    private RestoredServer made(Path of, String by, Making making) throws IOException {
        progress.accept(of + " by " + by);
        SpareServer spare = spares.prepare("restored");
        boolean restored = false;
        long start = System.nanoTime();
        Wait wait = Wait.until("restore of " + of, "until it is loaded and the server runs");
        try (wait) {
            Node node = making.in(spare);
            GtidSet gtids = GtidSet.executed(node);
            restored = true;
            progress.accept(of + " is restored: " + node + ", " + Plural.of(gtids.count(), "transaction"));
            return new RestoredServer(spare, node, gtids, List.of(StepTime.since("restore by " + by, start)));
        } finally {
            if (!restored) {
                spare.close();
            }
        }
    }
}
