package distributedmysql.experiment.failover;

import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.Settings;
import distributedmysql.fault.FaultRecord;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TimeLeft;
import distributedmysql.topology.external.Hook;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.Replicator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The failovers of a run, mode by mode. They change the roles of the servers, so they come last. Thread-safe. */
public final class FailoverRun implements AutoCloseable {
    /** How long a member is silent before others suspect it (MySQL manual, "Responses to Failure Detection"). */
    private static final Duration SUSPICION = Duration.ofSeconds(5);
    /** Suspicions that may wait are looked at every 15 s. */
    private static final Duration BETWEEN_EXPULSIONS = Duration.ofSeconds(15);

    private final ReplicaSet replicaSet;
    private final boolean sharded;
    private final RunClock clock;
    private final FailoverSettings settings;
    private final List<FailoverMode> modes;

    /** @param further faults of each round, besides the kill */
    FailoverRun(
            RunServers servers,
            Settings all,
            EventLog events,
            Function<ReplicaSet, List<Nemesis.Planned>> further,
            Consumer<String> progress) {
        this.replicaSet = servers.replicaSet();
        this.sharded = servers.deployment().shards().areSeveral();
        this.clock = events.clock();
        this.settings = all.of(FailoverSettings.class);
        Optional<Hook> promote = Hook.promote(all, events);
        LedgerPlan ledger = LedgerPlan.patient(settings.writeRate(), settings.readRate(), all, settings.deadline())
                .impatient(settings.poolTimeout());
        FailoverPlan plan = new FailoverPlan(
                settings, ledger, Replicator.of(replicaSet, options(settings), clock, promote), further);
        List<ReplicationMode> played = isPlayed() ? plan.replicator().modes(settings.modes()) : List.of();
        if (!plan.replicator().commands()) {
            played.forEach(mode -> announce(mode, promote, progress));
        }
        this.modes = played.stream()
                .map(mode -> new FailoverMode(servers, mode, plan, events, progress))
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
                + (replicaSet.isGroup()
                        ? "its group"
                        : promote.isPresent() ? "external.hooks.promote" : "a failover manager of yours")
                + "; the run changes neither replication nor a variable of these servers");
        progress.accept("failover: about " + TimeLeft.text(settings.round()) + " are planned for each of "
                + Plural.of(settings.rounds(), "round")
                + ", without the time that your servers take to fail over and to come back, which may be up to"
                + " failover.deadline = " + TimeLeft.text(settings.deadline()) + " for each step of it");
        if (replicaSet.isGroup()) {
            warnOfLongElection(progress);
        }
    }

    /** Nothing that arrives before the election could be told from what arrives too late. */
    private void warnOfLongElection(Consumer<String> progress) {
        long expelTimeout = Long.parseLong(
                Mysql.text(replicaSet.primary(), "SELECT @@global.group_replication_member_expel_timeout"));
        Duration election =
                SUSPICION.plusSeconds(expelTimeout).plus(expelTimeout == 0 ? Duration.ZERO : BETWEEN_EXPULSIONS);
        if (settings.after().compareTo(election) <= 0) {
            progress.accept("failover: warning: failover.after = " + TimeLeft.text(settings.after())
                    + ": this group may need " + TimeLeft.text(election)
                    + " to elect another primary (group_replication_member_expel_timeout = " + expelTimeout
                    + "), and requests must go on for longer than that");
        }
    }

    /** The modes in which failovers are to be made; none if that is not possible. */
    public List<FailoverMode> modes() {
        return modes;
    }

    private boolean isPlayed() {
        return settings.rounds() > 0 && impossible().isEmpty();
    }

    /** The names of the checks of failovers that were wanted, and are not made because they are {@link #impossible}. */
    public List<String> impossibleChecks() {
        return settings.rounds() == 0 || impossible().isEmpty()
                ? List.of()
                : wanted().stream()
                        .flatMap(mode -> FailoverMode.checkNames(mode, sharded).stream())
                        .toList();
    }

    private List<ReplicationMode> wanted() {
        return replicaSet.isGroup() ? List.of(ReplicationMode.GROUP) : settings.modes();
    }

    /** The names of the checks of the modes that servers can be in which are no group. */
    List<String> checksOfOtherServers() {
        return Stream.of(ReplicationMode.values())
                .filter(mode -> mode != ReplicationMode.GROUP)
                .flatMap(mode -> FailoverMode.checkNames(mode, sharded).stream())
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
                .map(reason -> wanted().stream()
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
    }
}
