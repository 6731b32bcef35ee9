package distributedmysql.backup;

import distributedmysql.backup.store.BackupWriter;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import distributedmysql.topology.external.Hook;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By the user's own commands. One that takes a backup puts files into {@code BACKUP_DIRECTORY}, which is empty, and the GTIDs of
 * the data into the file {@code BACKUP_GTIDS}, as MySQL writes a set. What it has put there is stored, and is there again in
 * {@code BACKUP_DIRECTORY} when it is to be restored.
 */
public final class HookBackup implements BackupStrategy {
    /** Of the settings and manifests. */
    public static final String NAME = "hooks";

    private static final String OBJECT = "files.tar";

    /**
     * The commands.
     *
     * @param full takes a full backup
     * @param incremental takes what has changed since the backup before, whose GTIDs it is told in {@code PARENT_GTIDS}
     * @param prepare run before {@code restore}, with the directories of incremental backups in {@code BACKUP_INCREMENTALS},
     *     in their order and with colons between
     * @param restore fills {@code DATA_DIRECTORY}, or the empty server {@code NODE_HOST}, {@code NODE_PORT}
     * @param intoServer which of them
     */
    public record Hooks(
            Optional<Hook> full,
            Optional<Hook> incremental,
            Optional<Hook> prepare,
            Hook restore,
            boolean intoServer) {}

    private final SpareServers spares;
    private final Hooks hooks;
    private final Duration limit;

    /** @param limit for each command, and for a restored server to take connections */
    public HookBackup(SpareServers spares, Hooks hooks, Duration limit) {
        this.spares = spares;
        this.hooks = hooks;
        this.limit = limit;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> impossible(Node source) {
        return spares.impossible();
    }

    @Override
    public Taken take(Node source, BackupWriter to) throws IOException {
        return take(required(hooks.full(), "full"), source, Map.of(), to);
    }

    /** Whether there is a command for it. */
    public boolean takesIncrementals() {
        return hooks.incremental().isPresent();
    }

    /**
     * Takes what has changed since the backup before.
     *
     * @param before all GTIDs up to it
     * @return with all GTIDs up to this one
     * @throws BackupException if there is no command for it, or it fails
     */
    public Taken takeIncremental(Node source, GtidSet before, BackupWriter to) throws IOException {
        Hook hook = required(hooks.incremental(), "incremental");
        return take(hook, source, Map.of("PARENT_GTIDS", before.toString()), to);
    }

    private static Hook required(Optional<Hook> hook, String name) {
        return hook.orElseThrow(() -> new BackupException("there is no backup.hooks." + name));
    }

    private Taken take(Hook hook, Node source, Map<String, String> further, BackupWriter to) throws IOException {
        Path work = Files.createDirectories(spares.newPath("hooks"));
        List<StepTime> steps = new ArrayList<>();
        try (Login login = Login.ofOurs(source, spares)) {
            Path files = Files.createDirectory(work.resolve("files"));
            Path gtids = work.resolve("gtids");
            Map<String, String> environment = new HashMap<>(further);
            environment.putAll(login.variables());
            environment.put("BACKUP_DIRECTORY", files.toString());
            environment.put("BACKUP_GTIDS", gtids.toString());
            long start = System.nanoTime();
            String said = login.hiddenIn(hook.run(source.name(), source.address(), environment, limit));
            steps.add(StepTime.since(hook.key(), start));
            GtidSet held = gtids(hook, gtids);
            Instant by = Mysql.ask(source, "tell its time", SourceClock::now);
            start = System.nanoTime();
            to.object(OBJECT, out -> DirectoryTar.write(files, out));
            steps.add(StepTime.since("store", start));
            return new Taken(held, by, steps, said);
        } finally {
            FileTrees.delete(work);
        }
    }

    private static GtidSet gtids(Hook hook, Path file) throws IOException {
        try {
            if (Files.exists(file)) {
                GtidSet gtids = GtidSet.parse(Files.readString(file));
                if (!gtids.isEmpty()) {
                    return gtids;
                }
            }
            throw new BackupException(
                    hook.key() + ": has not written the GTIDs of the backup into the file that the variable"
                            + " BACKUP_GTIDS names; must be a set such as uuid:1-5, which xtrabackup has in"
                            + " xtrabackup_binlog_info, and mydumper in metadata");
        } catch (IllegalArgumentException e) {
            throw new BackupException(
                    hook.key() + ": has written into the file that the variable BACKUP_GTIDS names: " + e.getMessage());
        }
    }

    @Override
    public Node restore(StoredBackup full, List<StoredBackup> incrementals, SpareServer spare) throws IOException {
        Path work = Files.createDirectories(spares.newPath("hooks"));
        try {
            Path files = extract(full, work.resolve("full"));
            List<String> following = new ArrayList<>();
            for (StoredBackup incremental : incrementals) {
                following.add(extract(incremental, work.resolve("incremental-" + (following.size() + 1)))
                        .toString());
            }
            Map<String, String> environment = Map.of(
                    "BACKUP_DIRECTORY",
                    files.toString(),
                    "BACKUP_INCREMENTALS",
                    String.join(File.pathSeparator, following));
            return restore(environment, spare);
        } finally {
            FileTrees.delete(work);
        }
    }

    /**
     * Makes a server of files that are in no store, which the user's own tool has made. The commands are told {@code BACKUP_DIRECTORY},
     * and, where it is one file, {@code BACKUP_FILE}. They get a copy where there is a command that prepares, because that changes files.
     */
    Node restore(Path made, SpareServer spare) throws IOException {
        if (hooks.prepare().isEmpty()) {
            return restoreOwn(made, spare);
        }
        Path work = Files.createDirectories(spares.newPath("hooks"));
        try {
            return restoreOwn(FileTrees.copyBelow(made, work), spare);
        } finally {
            FileTrees.delete(work);
        }
    }

    private Node restoreOwn(Path made, SpareServer spare) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("BACKUP_INCREMENTALS", "");
        if (Files.isRegularFile(made)) {
            environment.put("BACKUP_FILE", made.toString());
            environment.put("BACKUP_DIRECTORY", made.getParent().toString());
        } else {
            environment.put("BACKUP_DIRECTORY", made.toString());
        }
        return restore(environment, spare);
    }

    private static Path extract(StoredBackup backup, Path directory) throws IOException {
        try (InputStream in = backup.open(OBJECT)) {
            DirectoryTar.extract(in, directory);
        }
        return directory;
    }

    private Node restore(Map<String, String> environment, SpareServer spare) throws IOException {
        return hooks.intoServer() ? intoServer(environment, spare) : intoDirectory(environment, spare);
    }

    private Node intoDirectory(Map<String, String> environment, SpareServer spare) throws IOException {
        Path data = Files.createDirectories(spare.dataDirectory());
        Map<String, String> all = new HashMap<>(environment);
        all.put("DATA_DIRECTORY", data.toString());
        run(all, spare, Optional.empty());
        return spare.startOnData(limit);
    }

    private Node intoServer(Map<String, String> environment, SpareServer spare) throws IOException {
        Node node = spare.startEmpty(limit);
        try (Mysql admin = Mysql.open(node);
                Login login = Login.ofOurs(node, spares)) {
            Map<String, String> all = new HashMap<>(environment);
            all.putAll(login.variables());
            run(all, spare, Optional.of(node));
            Accounts.renewSpare(admin, node.admin());
        } catch (SQLException e) {
            throw Mysql.failure(node, "have its account again after the backup was loaded", e);
        }
        return node;
    }

    private void run(Map<String, String> environment, SpareServer spare, Optional<Node> node) {
        String name = node.map(Node::name)
                .orElseGet(() -> spare.dataDirectory().getParent().getFileName().toString());
        hooks.prepare().ifPresent(hook -> hook.run(name, node.map(Node::address), environment, limit));
        hooks.restore().run(name, node.map(Node::address), environment, limit);
    }
}
