package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.BinlogFiles;
import distributedmysql.backup.BinlogShipping;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Manifest;
import distributedmysql.config.Plural;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The shipping of each shard's binary logs, from its first full backup on. Thread-safe. */
final class Shipping implements AutoCloseable {
    private final Shards shards;
    private final BackupStore store;
    private final BinlogFiles files;
    private final Duration interval;
    private final EventLog events;
    // No lock is held while a shipping is called: it calls back with its own.
    private final Map<Integer, BinlogShipping> ofShards = new ConcurrentSkipListMap<>();
    private final Map<Integer, List<Manifest>> shipped = new ConcurrentSkipListMap<>();
    private final Map<Integer, String> problems = new ConcurrentHashMap<>();

    Shipping(Shards shards, BackupStore store, BinlogFiles files, Duration interval, EventLog events) {
        this.shards = shards;
        this.store = store;
        this.files = files;
        this.interval = interval;
        this.events = events;
    }

    /** What is shipped from now on follows this full backup; why it cannot be is among {@link #figures}. */
    void follow(int shard, Manifest full) {
        try {
            begin(shard, full);
        } catch (IOException | BackupException e) {
            problem(shard, e.getMessage());
        }
    }

    private void begin(int shard, Manifest full) throws IOException {
        BinlogShipping running = ofShards.get(shard);
        if (running != null) {
            running.follow(full);
            return;
        }
        ReplicaSet set = shards.all().get(shard);
        BinlogShipping begun = BinlogShipping.of(set::primary, shard, store, files, listener(shard));
        ofShards.put(shard, begun);
        begun.every(interval);
    }

    private BinlogShipping.Listener listener(int shard) {
        return new BinlogShipping.Listener() {
            @Override
            public void shipped(Manifest segment) {
                add(shard, segment);
                events.add(
                        Event.Kind.STEP,
                        segment.origin().node(),
                        "binary log shipped: " + segment.id() + ", "
                                + Plural.of(GtidSet.parse(segment.gtids()).count(), "transaction"));
            }

            @Override
            public void failed(String reason) {
                problem(shard, reason);
            }
        };
    }

    private void add(int shard, Manifest segment) {
        shipped.computeIfAbsent(shard, first -> new CopyOnWriteArrayList<>()).add(segment);
    }

    private void problem(int shard, String reason) {
        String why = FailureReason.of(reason);
        problems.put(shard, why);
        events.add(Event.Kind.WARNING, shards.all().get(shard).primary().name(), "binary log not shipped: " + why);
    }

    /** Nothing is shipped until {@link #end}. */
    void pause() {
        ofShards.values().forEach(BinlogShipping::close);
    }

    /** What has been committed since the last time is shipped too. */
    void end() {
        ofShards.forEach((shard, shipping) -> {
            shipping.close();
            try {
                shipping.ship();
                // What could not be shipped before has been now.
                problems.remove(shard);
            } catch (IOException | BackupException | TopologyException e) {
                problem(shard, e.getMessage());
            }
        });
    }

    /** In their order, shard by shard. */
    List<Manifest> shipped() {
        return shipped.values().stream().flatMap(List::stream).toList();
    }

    /** Why not all of a shard's were shipped; empty if they were. */
    Optional<String> problem(int shard) {
        return Optional.ofNullable(problems.get(shard));
    }

    /** What the shipped binary logs of a shard hold together. */
    GtidSet gtids(int shard) {
        GtidSet.Builder gtids = new GtidSet.Builder();
        shipped.getOrDefault(shard, List.of()).forEach(segment -> gtids.add(GtidSet.parse(segment.gtids())));
        return gtids.build();
    }

    List<Segments> figures() {
        List<Segments> figures = new ArrayList<>();
        Set<Integer> any = new TreeSet<>(ofShards.keySet());
        any.addAll(problems.keySet());
        any.forEach(shard -> figures.add(figures(shard)));
        return figures;
    }

    private Segments figures(int shard) {
        List<Manifest> all = shipped.getOrDefault(shard, List.of());
        GtidSet gtids = gtids(shard);
        return new Segments(
                shards.nameIfSeveral(shard),
                shards.all().get(shard).primary().name(),
                all.size(),
                gtids.count(),
                gtids.toString(),
                all.stream().mapToLong(Manifest::contentBytes).sum(),
                all.stream().mapToLong(Manifest::bytes).sum(),
                problems.get(shard));
    }

    @Override
    public void close() {
        pause();
    }
}
