package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.BinlogFiles;
import distributedmysql.backup.Recovery;
import distributedmysql.backup.Restore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.RetentionPlan;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Shards;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
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

    void begin() {
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

    /** Older backups are let alone unless it is proven that those of this run can take their place. */
    private void retain() {
        Optional<String> doubt = doubt();
        if (doubt.isPresent()) {
            events.add(
                    Event.Kind.WARNING,
                    "backup.retention",
                    "no older backup is removed, because not all of this run's are proven: " + doubt.get());
            return;
        }
        try {
            RetentionPlan plan =
                    settings.store().retention().plan(stores.first().list().usable(), clock.instant());
            stores.first().remove(plan.toRemove());
            plan.removed().forEach(decision -> {
                played.removed(decision.backup().id() + ": " + decision.why());
                events.add(
                        Event.Kind.STEP,
                        decision.backup().id(),
                        "backup " + decision.backup().id() + " removed: " + decision.why());
            });
        } catch (IOException e) {
            events.add(Event.Kind.WARNING, "backup.retention", "nothing removed: " + e.getMessage());
        }
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
