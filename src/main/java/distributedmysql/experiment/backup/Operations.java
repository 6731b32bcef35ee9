package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.HookBackup;
import distributedmysql.backup.NewBackup;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.store.BackupStore;
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
    private static final int REFUSALS = 2;

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

    /** What is deleted later is there. */
    void begin() {
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
            // What a phase cost is told only of one that has come to its end.
            Ending.refuse("what comes after the backup by " + strategy.name());
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
            String why = FailureReason.of(e);
            tell(source, "full backup by " + strategy.name() + " failed: " + why);
            played.add(full.failed(why), null);
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
            String why = FailureReason.of(e);
            played.unread("no incremental backup by " + strategy.name() + " of " + source, why);
            tell(source, "incremental backup by " + strategy.name() + " failed: " + why);
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
            rehearsal.failed(FailureReason.of(e));
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
        stores.second().ifPresent(this::copyAll);
    }

    /** A store that is down takes its time for each refusal, so two in turn are enough. */
    private void copyAll(BackupStore second) {
        List<Manifest> made = made();
        int refused = 0;
        for (int i = 0; i < made.size() && refused < REFUSALS; i++) {
            Ending.refuse("copying backup " + made.get(i).id());
            refused = copy(made.get(i), second) ? 0 : refused + 1;
            int left = made.size() - i - 1;
            if (refused == REFUSALS && left > 0) {
                String why = Plural.of(left, "backup") + " more not tried, because two in turn were refused";
                played.notCopied(Plural.of(left, "backup") + " more", "not tried, because two in turn were refused");
                events.add(Event.Kind.WARNING, "backup.store", why);
            }
        }
    }

    /** Whether it is there now. */
    private boolean copy(Manifest backup, BackupStore second) {
        long start = System.nanoTime();
        try {
            stores.first().copy(backup, second);
            played.copied(backup, Took.since("copy", start));
            events.add(Event.Kind.STEP, backup.id(), "backup " + backup.id() + " copied to " + second.where());
            return true;
        } catch (IOException e) {
            String why = FailureReason.of(e);
            played.notCopied(backup.id(), why);
            events.add(Event.Kind.WARNING, backup.id(), "backup " + backup.id() + " not copied: " + why);
            return false;
        }
    }
}
