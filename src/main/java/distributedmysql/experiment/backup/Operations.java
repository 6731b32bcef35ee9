package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.HookBackup;
import distributedmysql.backup.NewBackup;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.Manifest;
import distributedmysql.config.Plural;
import distributedmysql.experiment.backup.FullFigures.Stored;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done to the servers while the load goes on: full backups, one strategy after the other, shipping from the first of them on, and the
 * DELETE that is rehearsed. Used by one thread.
 */
final class Operations {
    private final Shards shards;
    private final BackupSettings settings;
    private final List<BackupStrategy> strategies;
    private final BackupStores stores;
    private final Shipping shipping;
    private final List<Rehearsal> rehearsals;
    private final Played played;
    private final EventLog events;
    private final RunClock clock;

    Operations(
            Shards shards,
            BackupSettings settings,
            List<BackupStrategy> strategies,
            BackupStores stores,
            Shipping shipping,
            List<Rehearsal> rehearsals,
            Played played,
            EventLog events) {
        this.shards = shards;
        this.settings = settings;
        this.strategies = strategies;
        this.stores = stores;
        this.shipping = shipping;
        this.rehearsals = rehearsals;
        this.played = played;
        this.events = events;
        this.clock = events.clock();
    }

    /** What an earlier run has left unfinished is removed; what is deleted later is there. */
    void begin() {
        try {
            List<String> removed = stores.first().removeUnfinished();
            removed.forEach(id ->
                    events.add(Event.Kind.STEP, id, "backup " + id + " removed: an earlier run had not finished it"));
        } catch (IOException e) {
            throw new TopologyException(e.getMessage());
        }
        rehearsals.forEach(Rehearsal::create);
    }

    /** @param begin when the load did */
    void underLoad(long begin) {
        long first = begin + micros(settings.before());
        go("the load before the first backup", first);
        played.add(new Span(Cost.BEFORE, begin, clock.micros()));
        for (BackupStrategy strategy : strategies) {
            long from = clock.micros();
            for (int shard = 0; shard < shards.all().size(); shard++) {
                Ending.refuse("a backup by " + strategy.name());
                full(strategy, shard);
            }
            played.add(new Span(strategy.name(), from, clock.micros()));
        }
        long from = clock.micros();
        long end = first + micros(settings.during());
        go("the load while binary logs are shipped", Math.min(end, from + micros(settings.shipInterval())));
        rehearsals.forEach(this::delete);
        go("the load while binary logs are shipped", end);
        shipping.pause();
        strategies.stream()
                .filter(HookBackup.class::isInstance)
                .map(HookBackup.class::cast)
                .filter(HookBackup::takesIncrementals)
                .forEach(this::incrementals);
        played.add(new Span("ship", from, clock.micros()));
        played.add(new Span("after", clock.micros(), begin + micros(settings.load())));
    }

    /** The load goes on until then. */
    private void go(String what, long until) {
        Wait wait = Wait.about(what, Duration.ofNanos(1_000 * Math.max(0, until - clock.micros())));
        try (wait) {
            clock.sleepUntil(until);
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private void full(BackupStrategy strategy, int shard) {
        ReplicaSet set = shards.all().get(shard);
        Node source = Strategies.source(settings, set);
        String name = shards.nameIfSeveral(shard);
        FullFigures full = new FullFigures(strategy.name(), name, source.name(), null, null, null);
        tell(source, "begin of a full backup by " + strategy.name());
        try {
            NewBackup made = NewBackup.full(strategy, source, shard, stores.first());
            Stored stored = Stored.of(made);
            tell(source, "full backup by " + strategy.name() + " is stored: " + stored.id() + ", " + stored.line());
            played.add(full.with(stored), made.manifest());
            shipping.follow(shard, made.manifest());
        } catch (IOException | BackupException | TopologyException e) {
            tell(source, "full backup by " + strategy.name() + " failed: " + e.getMessage());
            played.add(full.failed(e.getMessage()), null);
        }
    }

    /** By the user's own command, of each full backup that was made by it. */
    private void incrementals(HookBackup strategy) {
        played.manifests().values().stream()
                .filter(full -> full.origin().strategy().equals(strategy.name()))
                .forEach(full -> incremental(strategy, full));
    }

    private void incremental(HookBackup strategy, Manifest full) {
        Node source = Strategies.source(settings, shards.all().get(full.origin().shard()));
        StoredBackup parent = new StoredBackup(stores.first(), full);
        try {
            Manifest made = NewBackup.incremental(strategy, source, parent, parent.gtids())
                    .manifest();
            played.add(made);
            tell(source, "incremental backup by " + strategy.name() + " is stored: " + made.id());
        } catch (IOException | BackupException | TopologyException e) {
            played.unread("no incremental backup by " + strategy.name() + " of " + source + ": " + e.getMessage());
            tell(source, "incremental backup by " + strategy.name() + " failed: " + e.getMessage());
        }
    }

    private void delete(Rehearsal rehearsal) {
        try {
            rehearsal.delete();
            events.add(
                    Event.Kind.STEP,
                    rehearsal.figures().table(),
                    "DELETE without WHERE: " + Plural.of(rehearsal.figures().rows(), "row") + ", transaction "
                            + rehearsal.figures().gtid());
        } catch (TopologyException e) {
            rehearsal.failed(e.getMessage());
        }
    }

    private void tell(Node node, String what) {
        events.add(Event.Kind.STEP, node.name(), what);
    }

    /** All backups that have been made so far. */
    List<Manifest> made() {
        List<Manifest> all = new ArrayList<>(played.manifests().values());
        all.addAll(played.incrementals());
        all.addAll(shipping.shipped());
        return all;
    }

    /** All is shipped, and each backup copied to where it is to be besides. */
    void afterLoad() {
        shipping.end();
        stores.second().ifPresent(second -> {
            for (Manifest backup : made()) {
                long start = System.nanoTime();
                try {
                    stores.first().copy(backup, second);
                    played.copied(backup, Took.since("copy", start));
                    events.add(Event.Kind.STEP, backup.id(), "copied");
                } catch (IOException e) {
                    played.notCopied(backup.id() + ": " + e.getMessage());
                    events.add(Event.Kind.WARNING, backup.id(), "not copied: " + e.getMessage());
                }
            }
        });
    }
}
