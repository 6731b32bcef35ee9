package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.BinlogFiles;
import distributedmysql.backup.Recovery;
import distributedmysql.backup.Restore;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.StoreException;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Shards;
import distributedmysql.topology.SpareServers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that backs up, restores and recovers in one run. Used by one thread at a time. */
final class Backups implements AutoCloseable {
    private final BackupSettings settings;
    private final Shards shards;
    private final EventLog events;
    private final Played played;
    private final Clock clock = Clock.systemUTC();
    private final BackupStores stores;
    private final StoreKeeping first;
    private final Optional<StoreKeeping> second;
    private final Shipping shipping;
    private final List<Rehearsal> rehearsals;
    private final Operations operations;
    private final Witnesses witnesses;
    private final Verification verification;
    private final Recoveries recoveries;

    /**
     * Does nothing yet.
     *
     * @param strategies by each of which a full backup is made
     * @param beforeInspection is given each restored server before anything is looked at
     * @throws distributedmysql.config.SettingsException if there is no key where the settings say
     */
    Backups(
            TestRun run,
            List<BackupStrategy> strategies,
            LedgerLoad ledger,
            Played played,
            Consumer<Node> beforeInspection) {
        Settings all = run.settings();
        String database = all.data().database();
        SpareServers spares = run.servers().deployment().spares();
        this.settings = all.of(BackupSettings.class);
        this.shards = run.shards();
        this.events = run.events();
        this.played = played;
        this.stores = BackupStores.open(settings.store(), System.getenv(), clock);
        this.first = keeping(stores.first());
        this.second = stores.second().map(this::keeping);
        this.shipping = new Shipping(
                shards, stores.first(), new BinlogFiles(spares, settings.deadline()), settings.shipInterval(), events);
        this.rehearsals = !settings.rehearseDelete()
                ? List.of()
                : shards.all().stream()
                        .map(shard -> new Rehearsal(shard, MarkedDatabase.quoted(database)))
                        .toList();
        this.operations = new Operations(shards, settings, strategies, stores, shipping, rehearsals, played, events);
        Restore restore = new Restore(spares, strategies, run::say);
        Inspection inspection = new Inspection(ledger, database, settings.deadline());
        this.witnesses = new Witnesses(shards, settings, spares, inspection, events);
        this.verification = new Verification(stores, restore, inspection, witnesses, played, events, beforeInspection);
        this.recoveries = new Recoveries(
                shards,
                shard -> new Recovery(stores.first(), shard, spares, restore, settings.deadline(), run::say),
                ledger,
                inspection,
                witnesses,
                played,
                events,
                beforeInspection);
    }

    private StoreKeeping keeping(BackupStore store) {
        return new StoreKeeping(store, settings.store().retention(), clock, events);
    }

    /** Looks what is in the stores; what is deleted later is made. */
    void begin() {
        try {
            first.begin();
        } catch (StoreException e) {
            throw new TopologyException(e.getMessage());
        }
        second.ifPresent(this::beginSecond);
        operations.begin();
        witnesses.begin();
    }

    /** @param begin when the load did, on the run's clock */
    void underLoad(long begin) {
        operations.underLoad(begin);
    }

    void afterLoad() {
        operations.afterLoad();
    }

    /** Everything that was stored is looked at, restored and recovered; then what is too old is removed. */
    void verify() {
        verification.verifyStored(operations.made());
        segments().stream()
                .filter(each -> each.problem() != null)
                .forEach(each ->
                        played.unread("not all binary logs of " + each.node() + " were shipped", each.problem()));
        played.manifests().forEach(verification::restore);
        for (int shard = 0; shard < shards.all().size(); shard++) {
            recover(shard);
            if (settings.rehearseDelete()) {
                recoveries.undo(shard, rehearsals.get(shard));
            }
        }
        witnesses.close();
        retain();
    }

    private void recover(int shard) {
        Optional<Manifest> full = firstFull(shard);
        int wanted = settings.recoveries();
        int done = full.isEmpty()
                ? 0
                : recoveries.toWrites(shard, full.get(), shipping.gtids(shard), wanted, settings.seed());
        if (done < wanted) {
            String because = full.isEmpty()
                    ? "no full backup was stored"
                    : shipping.problem(shard)
                            .map(problem -> "not all binary logs were shipped: " + problem)
                            .orElse(
                                    "too few numbered writes came after the first full backup, so backup.during is too short");
            played.add(new RecoveryChecks.Fewer(shards.nameIfSeveral(shard), wanted - done, because));
        }
    }

    private Optional<Manifest> firstFull(int shard) {
        return played.manifests().values().stream()
                .filter(full -> full.origin().shard() == shard)
                .findFirst();
    }

    /** Without it, backups are made all the same. */
    private void beginSecond(StoreKeeping keeping) {
        try {
            keeping.begin();
        } catch (StoreException e) {
            events.add(Event.Kind.WARNING, "backup.store", "what is there already is not known: " + e.getMessage());
        }
    }

    /** Older backups are let alone unless it is proven that those of this run can take their place. */
    private void retain() {
        Optional<String> doubt = doubt();
        List<Manifest> made = operations.made();
        first.retain(made, backup -> played.isVerified(stores.first(), backup), doubt);
        second.ifPresent(keeping ->
                keeping.retain(made, backup -> played.isVerified(stores.second().orElseThrow(), backup), doubt));
    }

    private Optional<String> doubt() {
        List<CheckResult> needed = new ArrayList<>(List.of(played.stored()));
        List<CheckResult> notWrong = new ArrayList<>();
        notWrong.add(RecoveryChecks.ledger(played.recoveries(), played.fewer()));
        notWrong.add(RecoveryChecks.tables(played.recoveries(), played.fewer()));
        for (BackupSettings.Strategy way : settings.strategies()) {
            List<FullFigures> fulls = played.fulls(way.label());
            if (!fulls.isEmpty()) {
                needed.add(BackupChecks.ledger(way.label(), fulls));
                notWrong.add(BackupChecks.tables(way.label(), fulls));
            }
        }
        return Stream.concat(
                        needed.stream().filter(result -> result.verdict() != Verdict.VALID),
                        notWrong.stream().filter(result -> result.verdict() == Verdict.INVALID))
                .map(result -> result.name() + ": " + result.evidence())
                .findFirst();
    }

    /** In their order. */
    List<StoreFigures> stores() {
        return Stream.concat(Stream.of(first), second.stream())
                .map(StoreKeeping::figures)
                .toList();
    }

    List<Rehearsed> rehearsals() {
        return rehearsals.stream().map(Rehearsal::figures).collect(Collectors.toList());
    }

    List<Segments> segments() {
        return shipping.figures();
    }

    @Override
    public void close() {
        shipping.close();
        witnesses.close();
        stores.close();
    }
}
