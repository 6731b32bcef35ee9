package distributedmysql.experiment.backup.command;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.Recovery;
import distributedmysql.backup.RecoveryPlan;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.Target;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Chain;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.config.Plural;
import distributedmysql.config.SettingsException;
import distributedmysql.mysql.ClientOptionFile;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a server of backups. It stays until somebody ends the command, or its data is left in a directory.
 *
 * @param directory for its data
 */
record MadeServer(Opened opened, Optional<Path> directory) {
    private interface Making {
        RestoredServer run() throws IOException;
    }

    /** Of one, with what it follows. */
    int ofBackup(String id) throws IOException {
        requireEmptyDirectory();
        Listing listing = store().list();
        opened.requireKnown(id, listing);
        Chain chain = listing.chainTo(id);
        if (BinaryLogs.isOne(chain.all().get(chain.all().size() - 1))) {
            throw new SettingsException("restore: backup " + id
                    + " is a binary log, of which alone there is no server; recover gtid, before, time or end");
        }
        return of(chain);
    }

    private int of(Chain chain) throws IOException {
        opened.requireServers(chain.all());
        say("plan: restore " + described(chain.full()));
        store().list()
                .foundWrong(chain.full())
                .ifPresent(found -> say("warning: backup " + chain.full().id() + " was " + found));
        chain.incrementals().forEach(incremental -> say("      then " + described(incremental)));
        return made(() -> opened.restore()
                .of(
                        stored(chain.full()),
                        chain.incrementals().stream().map(this::stored).toList()));
    }

    /** @param target empty for the end of what is stored */
    int asOf(Optional<Target> target, Optional<Integer> named) throws IOException {
        requireEmptyDirectory();
        Listing listing = store().list();
        int shard = shard(listing, named);
        if (target.isPresent()) {
            return recovered(target.get(), shard);
        }
        Manifest last = listing.usable().stream()
                .filter(backup -> backup.origin().shard() == shard)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new BackupException(
                        "recovery to the end: there is no backup in " + store().where() + listing.notUsable()));
        return BinaryLogs.isOne(last) ? recovered(Target.at(last.at()), shard) : of(listing.chainTo(last.id()));
    }

    private int recovered(Target target, int shard) throws IOException {
        opened.requireServers(List.of());
        Recovery recovery =
                new Recovery(store(), shard, opened.spares(), opened.restore(), opened.limit(), opened.console()::say);
        try (RecoveryPlan plan = recovery.plan(target)) {
            opened.requireServers(Stream.concat(Stream.of(plan.full()), plan.incrementals().stream())
                    .map(StoredBackup::manifest)
                    .toList());
            say(plan, shard);
            return made(() -> recovery.run(plan));
        }
    }

    private void say(RecoveryPlan plan, int shard) {
        say("plan: recovery of shard " + shard + " to " + plan.target());
        say("      restore " + described(plan.full().manifest()));
        plan.incrementals().forEach(incremental -> say("      then " + described(incremental.manifest())));
        List<Manifest> logs = plan.binaryLogs();
        if (!logs.isEmpty()) {
            say("      apply " + Plural.of(plan.transactions(), "transaction") + " of "
                    + Plural.of(logs.size(), "binary log") + ": "
                    + logs.stream().map(Manifest::id).collect(Collectors.joining(", ")));
        }
        say("      then it has executed " + plan.gtids());
    }

    private static String described(Manifest backup) {
        return "backup " + backup.id() + ": " + backup.origin().strategy() + " of "
                + backup.origin().node() + ", MySQL " + backup.origin().serverVersion() + ", as of "
                + Shown.seconds(backup.at()) + ", " + Shown.megabytes(backup.contentBytes());
    }

    private int made(Making making) throws IOException {
        Ending.refuse("the restore");
        try (RestoredServer server = making.run()) {
            return directory.isPresent() ? handedOver(server, directory.get()) : staying(server);
        } catch (TopologyException e) {
            if (Ending.hasBegun()) {
                throw e;
            }
            // The server program was found, so it is the backup that is in the way.
            throw new BackupException(e.getMessage());
        }
    }

    private int handedOver(RestoredServer server, Path target) throws IOException {
        if (!Files.exists(target)) {
            // It holds what the database holds.
            Files.createDirectories(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        server.server().handOver(target, opened.limit());
        say("the data directory of a MySQL " + opened.spares().version() + " is " + target + "; GTIDs "
                + shown(server.gtids()) + "; its accounts are those of the backup");
        return BackupCommand.FINE;
    }

    private int staying(RestoredServer server) throws IOException {
        Node node = server.node();
        try (ClientOptionFile login =
                ClientOptionFile.write(node, opened.spares().newPath("login"))) {
            say("the server runs: MySQL " + node.version() + ", host "
                    + node.address().host() + ", port " + node.address().port() + ", user "
                    + node.admin().user() + "; its password is in " + login.path());
            say("      mysql " + login.argument());
            say("      GTIDs " + shown(server.gtids()));
            say("It stays until you press Enter or Ctrl-C; then it is ended, and nothing of it is left.");
            opened.console().awaitEnter();
        }
        return BackupCommand.FINE;
    }

    private static String shown(GtidSet gtids) {
        return gtids.isEmpty() ? "none" : gtids.toString();
    }

    /** Before anything is done, because the rest may take hours. */
    private void requireEmptyDirectory() {
        if (directory.isEmpty()) {
            return;
        }
        Path target = directory.get();
        try {
            if (Files.exists(target)) {
                try (Stream<Path> files = Files.list(target)) {
                    if (files.findAny().isPresent()) {
                        throw new SettingsException("--to-directory " + target + ": must be empty, and is not");
                    }
                }
            } else {
                Files.createDirectories(target);
                Files.delete(target);
            }
        } catch (IOException e) {
            throw new SettingsException(
                    "--to-directory " + target + ": must be a directory that this user can write: " + e);
        }
    }

    private static int shard(Listing listing, Optional<Integer> named) {
        Set<Integer> shards = listing.usable().stream()
                .map(backup -> backup.origin().shard())
                .collect(Collectors.toCollection(TreeSet::new));
        if (named.isEmpty()) {
            if (shards.size() > 1) {
                throw new SettingsException("recover: there are backups of the shards " + shards
                        + ", and a server has one of them; say which with --shard");
            }
            return shards.stream().findFirst().orElse(0);
        }
        if (!shards.contains(named.get())) {
            throw new SettingsException(
                    "--shard " + named.get() + ": there are backups of the shards " + shards + listing.notUsable());
        }
        return named.get();
    }

    private BackupStore store() {
        return opened.stores().first();
    }

    private StoredBackup stored(Manifest backup) {
        return new StoredBackup(store(), backup);
    }

    private void say(String line) {
        opened.console().say(line);
    }
}
