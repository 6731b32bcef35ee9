package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.BinlogShipping;
import distributedmysql.backup.Restore;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.DamagedBackupException;
import distributedmysql.backup.store.Judgement;
import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.StoreException;
import distributedmysql.backup.store.WrongKeyException;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads again what is stored, restores each full backup, and looks what is there. Used by one thread. */
final class Verification {
    private final BackupStores stores;
    private final Restore restore;
    private final Inspection inspection;
    private final Witnesses witnesses;
    private final Played played;
    private final EventLog events;
    private final Consumer<Node> beforeInspection;

    /** @param beforeInspection is given each restored server before anything is looked at */
    Verification(
            BackupStores stores,
            Restore restore,
            Inspection inspection,
            Witnesses witnesses,
            Played played,
            EventLog events,
            Consumer<Node> beforeInspection) {
        this.stores = stores;
        this.restore = restore;
        this.inspection = inspection;
        this.witnesses = witnesses;
        this.played = played;
        this.events = events;
        this.beforeInspection = beforeInspection;
    }

    /** Every object of every backup, in each store that it is in. */
    void verifyStored(List<Manifest> backups) {
        for (Manifest backup : backups) {
            Ending.refuse("reading backup " + backup.id());
            verify(stores.first(), backup, kind(backup), "read again");
        }
        stores.second()
                .ifPresent(second -> backups.stream()
                        .filter(played::isCopied)
                        .forEach(backup -> verify(second, backup, "copied " + kind(backup), "read the copy again")));
        events.add(
                Event.Kind.STEP,
                "backup.store",
                "all that is stored was read again: " + played.stored().evidence());
    }

    private static String kind(Manifest backup) {
        if (backup.kind() == Kind.FULL) {
            return "full backup";
        }
        return backup.origin().strategy().equals(BinlogShipping.NAME) ? "binary-log segment" : "incremental backup";
    }

    private void verify(BackupStore store, Manifest backup, String what, String step) {
        long start = System.nanoTime();
        try {
            store.verify(backup);
            played.verified(store, backup, what, Took.since(step, start));
        } catch (DamagedBackupException | WrongKeyException e) {
            played.damaged(e.getMessage());
            events.add(Event.Kind.WARNING, backup.id(), e.getMessage());
        } catch (IOException e) {
            played.unread(backup.id(), FailureReason.of(e));
        }
    }

    /** Beside the backup, wherever it is, for whoever restores it later. */
    private void note(Manifest backup, Restored restored) {
        Optional<Judgement> judgement = restored.judgement(Instant.now());
        if (judgement.isEmpty()) {
            return;
        }
        List<BackupStore> where = new ArrayList<>(List.of(stores.first()));
        stores.second().filter(second -> played.isCopied(backup)).ifPresent(where::add);
        for (BackupStore store : where) {
            try {
                store.judge(backup, judgement.get());
            } catch (StoreException e) {
                events.add(
                        Event.Kind.WARNING,
                        backup.id(),
                        "what was found is not noted beside the backup: " + FailureReason.of(e));
            }
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
            Restored looked = inspection.look(server, shard, position);
            Restored compared = witnesses.compare(server, shard, looked, List.of(witnesses.stop(backup)));
            played.change(place, full -> full.with(compared));
            note(backup, compared);
            events.add(
                    Event.Kind.STEP,
                    backup.origin().node(),
                    what + " has ended, and all was looked at: " + Took.line(compared.steps()));
        } catch (IOException | BackupException | TopologyException e) {
            String why = FailureReason.of(e);
            played.change(place, full -> full.failed(why));
            events.add(Event.Kind.WARNING, backup.origin().node(), what + " failed: " + why);
        }
    }
}
