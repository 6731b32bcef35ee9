package distributedmysql.backup;

import distributedmysql.backup.store.BackupWriter;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ClonePlugin;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * By MySQL's clone plugin (https://dev.mysql.com/doc/refman/8.0/en/clone-plugin-local.html): the server copies its data
 * directory into another one beside it, as of one moment, while it works; that is streamed into the store and removed at once. It needs
 * room for a second copy of the data meanwhile, and to be read by us it must be on this machine.
 */
public final class CloneBackup implements BackupStrategy {
    /** Of the settings and manifests. */
    public static final String NAME = "clone";

    static final String OBJECT = "data.tar";

    private final SpareServers spares;
    private final Duration limit;

    /** @param limit for the copying, and for a restored server to take connections */
    public CloneBackup(SpareServers spares, Duration limit) {
        this.spares = spares;
        this.limit = limit;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> impossible(Node source) {
        if (!source.isOurs() || source.isInContainer()) {
            return Optional.of("its files are not ours to read: the copy is made where the server is");
        }
        return spares.impossible();
    }

    @Override
    public Taken take(Node source, BackupWriter to) throws IOException {
        List<StepTime> steps = new ArrayList<>();
        try (SpareServer copy = spares.prepare("clone")) {
            Path data = copy.dataDirectory();
            Files.createDirectories(data.getParent());
            long start = System.nanoTime();
            Instant by = copy(source, data);
            steps.add(StepTime.since("clone", start));
            start = System.nanoTime();
            to.object(OBJECT, out -> DirectoryTar.write(data, out));
            steps.add(StepTime.since("store", start));
            start = System.nanoTime();
            // The source does not say what a local copy holds; the copy does, once it has been started.
            GtidSet gtids = GtidSet.executed(copy.startOnData(limit));
            steps.add(StepTime.since("read its GTIDs", start));
            return new Taken(gtids, by, steps);
        }
    }

    private Instant copy(Node source, Path target) {
        ClonePlugin.install(source);
        return Mysql.ask(source, "copy its data by the clone plugin", session -> {
            session.answerWithin(limit);
            session.execute("CLONE LOCAL DATA DIRECTORY = ?", target.toString());
            return SourceClock.now(session);
        });
    }

    @Override
    public Node restore(StoredBackup full, List<StoredBackup> incrementals, SpareServer spare) throws IOException {
        String made = full.manifest().origin().serverVersion();
        if (!made.equals(spares.version().toString())) {
            throw new BackupException(full + " is a copy of the files of MySQL " + made
                    + ", and the servers here are MySQL " + spares.version() + "; must be the same (embedded.basedir)");
        }
        try (InputStream in = full.open(OBJECT)) {
            DirectoryTar.extract(in, spare.dataDirectory());
        }
        return spare.startOnData(limit);
    }
}
