package distributedmysql.experiment.failover;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.Settings;
import distributedmysql.connection.ConnectionFeeder;
import distributedmysql.connection.ConnectionPools;
import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.LedgerTable;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TimeLeft;
import distributedmysql.topology.external.Hook;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.Replicator;
import distributedmysql.workload.MarkedDatabase;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The failovers of a run, mode by mode. They change the roles of the servers, so they come last. Thread-safe. */
public final class FailoverRun implements AutoCloseable {
    private final ReplicaSet replicaSet;
    private final RunClock clock;
    private final FailoverSettings settings;
    private final Supplier<ConnectionPools> newPools;
    private final List<FailoverMode> modes;
    private ConnectionPools pools;
    private ConnectionFeeder routes;

    /** @param further faults of each round, besides the kill */
    FailoverRun(
            RunServers servers,
            Settings all,
            EventLog events,
            Function<ReplicaSet, List<Nemesis.Planned>> further,
            Consumer<String> progress) {
        this.replicaSet = servers.replicaSet();
        this.clock = events.clock();
        this.settings = all.of(FailoverSettings.class);
        ConnectionSettings own = impatient(all.connection(), settings);
        this.newPools = () -> {
            // The servers' max_connections need not be enough for both.
            servers.pools().closeIdle();
            return new ConnectionPools(replicaSet, all.data().database(), own);
        };
        Optional<Hook> promote = Hook.promote(all);
        LedgerTable table = new LedgerTable(MarkedDatabase.quoted(all.data().database()));
        FailoverPlan plan = new FailoverPlan(
                settings,
                own.poolTimeout().plus(own.connectTimeout()).plus(own.socketTimeout()),
                table,
                Replicator.of(replicaSet, options(settings), clock, promote),
                further);
        List<ReplicationMode> played = isPlayed() ? plan.replicator().modes(settings.modes()) : List.of();
        if (!plan.replicator().commands()) {
            played.forEach(mode -> announce(mode, promote, progress));
        }
        this.modes = played.stream()
                .map(mode -> new FailoverMode(replicaSet, mode, plan, events, progress))
                .toList();
    }

    private static FailoverOptions options(FailoverSettings settings) {
        return new FailoverOptions(
                settings.probeInterval(),
                settings.probeTimeout(),
                settings.failuresUntilDead(),
                true,
                settings.deadline(),
                settings.deadline());
    }

    private void announce(ReplicationMode mode, Optional<Hook> promote, Consumer<String> progress) {
        progress.accept("failover: " + replicaSet.primary() + " is configured as " + mode.label()
                + "; it will be killed by external.hooks.kill, and a replica promoted by "
                + (promote.isPresent() ? "external.hooks.promote" : "a failover manager of yours")
                + "; the run changes neither replication nor a variable of these servers");
        progress.accept("failover: about " + TimeLeft.text(settings.round()) + " are planned for each of "
                + Plural.of(settings.rounds(), "round")
                + ", without the time that your servers take to fail over and to come back, which may be up to"
                + " failover.deadline = " + TimeLeft.text(settings.deadline()) + " for each step of it");
    }

    private static ConnectionSettings impatient(ConnectionSettings connection, FailoverSettings failover) {
        return new ConnectionSettings(
                Math.min(FailoverSettings.POOL_SIZE, connection.poolSize()),
                failover.poolTimeout(),
                failover.poolTimeout(),
                connection.socketTimeout(),
                connection.statementTimeout(),
                connection.serverPreparedStatements(),
                connection.sslMode(),
                connection.caFile(),
                connection.trustStorePasswordEnv());
    }

    /** The modes in which failovers are to be made; none if that is not possible. */
    public List<FailoverMode> modes() {
        return modes;
    }

    private boolean isPlayed() {
        return settings.rounds() > 0 && impossible().isEmpty();
    }

    /** What a user of the ledger feeds on first: routes through pools that soon give up a dead server. */
    public Iterator<Map<String, Object>> connections() {
        return Stream.generate(this::route).iterator();
    }

    /** The pools are opened for the first user: until then, their connections would disturb other measurements. */
    private synchronized Map<String, Object> route() {
        if (routes == null) {
            pools = newPools.get();
            routes = new ConnectionFeeder(replicaSet, pools);
        }
        return routes.next();
    }

    /** The names of the checks of failovers that were wanted, and are not made because they are {@link #impossible}. */
    public List<String> impossibleChecks() {
        return settings.rounds() == 0 || impossible().isEmpty()
                ? List.of()
                : settings.modes().stream()
                        .flatMap(mode -> FailoverMode.checkNames(mode).stream())
                        .toList();
    }

    /** Why no primary of this replica set may be killed; empty if one may. */
    public Optional<String> impossible() {
        return replicaSet.nodes().stream()
                .map(node -> new KillAndRestart(replicaSet, node).impossible())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** To be made after the last mode's end. */
    public List<Check> checks() {
        return modes().stream().flatMap(mode -> mode.checks().stream()).toList();
    }

    /** Null if there were to be none, or none was begun. */
    List<Failover> reports() {
        if (settings.rounds() == 0) {
            return null;
        }
        List<Failover> reports = impossible()
                .map(reason -> settings.modes().stream()
                        .map(mode -> Failover.none(mode.label(), reason))
                        .toList())
                .orElseGet(() -> modes.stream()
                        .map(FailoverMode::report)
                        .filter(Objects::nonNull)
                        .toList());
        return reports.isEmpty() ? null : reports;
    }

    /** Null if none was to be injected so far. */
    List<InjectedFault> faults() {
        if (settings.rounds() == 0) {
            return null;
        }
        List<FaultRecord> faults = impossible()
                .map(reason -> List.of(notInjected(replicaSet.primary(), reason)))
                .orElseGet(() ->
                        modes.stream().flatMap(mode -> mode.faults().stream()).toList());
        return faults.isEmpty()
                ? null
                : faults.stream()
                        .map(fault -> FailoverReports.fault(clock, fault))
                        .toList();
    }

    private static FaultRecord notInjected(Node node, String reason) {
        return new FaultRecord(KillAndRestart.NAME, node.name(), null, null, "", "not possible: " + reason);
    }

    /** Heals what is broken, and ends the load. Does nothing the second time. */
    @Override
    public void close() {
        modes.forEach(FailoverMode::close);
        synchronized (this) {
            if (pools != null) {
                pools.close();
            }
        }
    }
}
