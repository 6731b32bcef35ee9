package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.Restore;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.DamagedBackupException;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.WrongKeyException;
import distributedmysql.config.Plural;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads again what is stored, restores each full backup, and looks what is there. Used by one thread. */
final class Verification {
    private final Shards shards;
    private final BackupStores stores;
    private final Restore restore;
    private final Inspection inspection;
    private final Duration deadline;
    private final Played played;
    private final EventLog events;
    private final Consumer<Node> beforeInspection;

    /** @param beforeInspection is given each restored server before anything is looked at */
    Verification(
            Shards shards,
            BackupStores stores,
            Restore restore,
            Inspection inspection,
            Duration deadline,
            Played played,
            EventLog events,
            Consumer<Node> beforeInspection) {
        this.shards = shards;
        this.stores = stores;
        this.restore = restore;
        this.inspection = inspection;
        this.deadline = deadline;
        this.played = played;
        this.events = events;
        this.beforeInspection = beforeInspection;
    }

    /** Every object of every backup, in each store that it is in. */
    void verifyStored(List<Manifest> backups) {
        for (Manifest backup : backups) {
            Ending.refuse("reading backup " + backup.id());
            verify(stores.first(), backup, "read again");
        }
        stores.second()
                .ifPresent(second -> backups.stream()
                        .filter(played::isCopied)
                        .forEach(backup -> verify(second, backup, "read the copy again")));
        events.add(
                Event.Kind.STEP,
                "backup.store",
                "read again: " + Plural.of(backups.size(), "backup") + "; "
                        + played.stored().evidence());
    }

    private void verify(BackupStore store, Manifest backup, String step) {
        long start = System.nanoTime();
        try {
            store.verify(backup);
            played.verified(backup, Took.since(step, start));
        } catch (DamagedBackupException | WrongKeyException e) {
            played.damaged(e.getMessage());
            events.add(Event.Kind.WARNING, backup.id(), e.getMessage());
        } catch (IOException e) {
            played.unread(backup.id() + ": " + e.getMessage());
        }
    }

    /** Restores it and looks what is there. */
    void restore(int place, Manifest backup) {
        int shard = backup.origin().shard();
        String what = "restore of " + backup.id();
        events.add(Event.Kind.STEP, backup.origin().node(), "begin of the " + what);
        try (RestoredServer server = restore.of(new StoredBackup(stores.first(), backup))) {
            beforeInspection.accept(server.node());
            GtidSet position = GtidSet.parse(backup.gtids());
            Restored restored = inspection.look(server, shard, position);
            Restored compared = compare(server, shards.all().get(shard), restored);
            played.change(place, full -> full.with(compared));
            events.add(
                    Event.Kind.STEP,
                    backup.origin().node(),
                    what + " has ended, and all was looked at: " + Took.line(compared.steps()));
        } catch (IOException | BackupException | TopologyException e) {
            played.change(place, full -> full.failed(e.getMessage()));
            events.add(Event.Kind.WARNING, backup.origin().node(), what + " failed: " + e.getMessage());
        }
    }

    /** With the source, once the server has followed it to where it is now. */
    private Restored compare(RestoredServer server, ReplicaSet shard, Restored restored) {
        Optional<Credentials> account = shard.replicationAccount();
        if (account.isEmpty()) {
            return restored.notCompared(
                    "the restored server has no account with which it could replicate from servers that are not ours");
        }
        List<Took> steps = new ArrayList<>(restored.steps());
        try {
            long start = System.nanoTime();
            Replication.follow(server.node(), shard.primary(), account.get(), deadline);
            ReplicaSet compared = new ReplicaSet(shard.primary(), List.of(server.node()));
            Replication.awaitConvergence(compared, deadline);
            steps.add(Took.since("catch up", start));
            start = System.nanoTime();
            List<TableChecksum> tables = inspection.compare(compared);
            steps.add(Took.since("compare", start));
            return restored.compared(steps, tables);
        } catch (TopologyException e) {
            return restored.notCompared(e.getMessage());
        }
    }
}
