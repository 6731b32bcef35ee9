package distributedmysql.experiment.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Listing.Unfinished;
import distributedmysql.backup.store.Listing.Unusable;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.RetentionPlan;
import distributedmysql.backup.store.StoreException;
import distributedmysql.config.Plural;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.topology.Ending;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What this run finds in one store, and removes there. Used by one thread, {@link #figures} by any. */
final class StoreKeeping {
    private static final String ABOUT = "backup.store";
    private static final int NAMED = 3;

    private final BackupStore store;
    private final Retention retention;
    private final Clock clock;
    private final EventLog events;
    private volatile StoreFigures figures;

    StoreKeeping(BackupStore store, Retention retention, Clock clock, EventLog events) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.events = events;
        this.figures = StoreFigures.of(store.where());
    }

    StoreFigures figures() {
        return figures;
    }

    /** Says what is there that cannot be used, and removes what killed runs have left unfinished. */
    void begin() throws StoreException {
        Listing before = store.list();
        List<String> otherKey = ids(before, Unusable::otherKey);
        List<String> damaged = ids(before, each -> !each.otherKey());
        List<String> written = before.unfinished().stream()
                .filter(Unfinished::written)
                .map(Unfinished::id)
                .toList();
        List<String> removed = store.removeUnfinished();
        figures = new StoreFigures(
                store.where(), before.usable().size(), List.of(), otherKey, damaged, written, removed, List.of(), null);
        warn(otherKey, "cannot be read with this run's key, which retention leaves there");
        warn(damaged, "cannot be used because of a damaged manifest, which retention leaves there");
        warn(written, "left alone, because another run is writing there, or was lately");
        removed.forEach(
                id -> events.add(Event.Kind.STEP, id, "backup " + id + " removed: an earlier run had not finished it"));
    }

    private static List<String> ids(Listing listing, Predicate<Unusable> wanted) {
        return listing.unusable().stream().filter(wanted).map(Unusable::id).toList();
    }

    private void warn(List<String> ids, String what) {
        if (!ids.isEmpty()) {
            String others = ids.size() > NAMED ? ", and " + (ids.size() - NAMED) + " more" : "";
            events.add(
                    Event.Kind.WARNING,
                    ABOUT,
                    Plural.of(ids.size(), "backup") + " in " + store.where() + " " + what + ": "
                            + String.join(", ", ids.subList(0, Math.min(NAMED, ids.size()))) + others);
        }
    }

    /**
     * Removes what the rule does not keep, unless it is doubtful whether what is kept can take its place: this run's backups must be whole
     * in this store, and so must full backups of earlier runs that the rule counts on, which are read for that.
     *
     * @param made by this run
     * @param isWhole whether one of these was read in this store
     * @param doubt why this run's backups prove nothing, if they do not
     */
    void retain(List<Manifest> made, Predicate<Manifest> isWhole, Optional<String> doubt) {
        try {
            Listing all = store.list();
            RetentionPlan plan = retention.plan(all, clock.instant());
            if (plan.removed().isEmpty()) {
                return;
            }
            Optional<String> unproven = doubt.or(() -> made.stream()
                    .filter(isWhole.negate())
                    .map(backup -> "backup " + backup.id() + " is not proven to be there")
                    .findFirst());
            Optional<String> why = unproven.isPresent() ? unproven : damagedEarlier(all, made);
            if (why.isPresent()) {
                keepAll(why.get());
            } else {
                remove(plan);
            }
        } catch (IOException e) {
            keep("not every older backup is removed: " + FailureReason.of(e));
        }
    }

    private void keepAll(String why) {
        keep("no older backup is removed, because not all that are to stay are proven: " + why);
    }

    private void keep(String why) {
        figures = figures.notRemoved(why);
        events.add(Event.Kind.WARNING, "backup.retention", "in " + store.where() + ", " + why);
    }

    /** What is wrong with a full backup of an earlier run that is kept as one of the newest; empty if nothing is. */
    private Optional<String> damagedEarlier(Listing all, List<Manifest> made) throws IOException {
        List<String> whole = new ArrayList<>();
        for (Manifest full : retention.newestFulls(all)) {
            if (made.contains(full)) {
                continue;
            }
            Ending.refuse("reading backup " + full.id());
            try {
                store.verify(full);
            } catch (StoreException e) {
                return Optional.of("backup " + full.id() + " of an earlier run: " + e.getMessage());
            }
            whole.add(full.id());
            figures = figures.withReadAgain(whole);
            events.add(
                    Event.Kind.STEP,
                    full.id(),
                    "backup " + full.id()
                            + " of an earlier run read again, because retention counts on it: it is whole");
        }
        return Optional.empty();
    }

    private void remove(RetentionPlan plan) throws StoreException {
        List<String> removed = new ArrayList<>();
        for (RetentionPlan.Decision decision : plan.removed()) {
            store.remove(List.of(decision.backup()));
            removed.add(decision.backup().id() + ": " + decision.why());
            figures = figures.withRemoved(removed);
            events.add(
                    Event.Kind.STEP,
                    decision.backup().id(),
                    "backup " + decision.backup().id() + " removed from " + store.where() + ": " + decision.why());
        }
    }
}
