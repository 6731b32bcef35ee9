package distributedmysql.experiment.backup;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.ledger.LedgerPromise;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Backups under one load and one ledger, and what is restored from them; where that cannot be, its checks are not run. */
final class BackupRun implements ExperimentRun {
    private static final String TITLE = "backup";
    private static final String LEDGER = "making the ledger";
    private static final String LOAD = "under load";
    private static final String VERIFICATION = "restoring, recovering and comparing";
    private static final String END = "reading what every server has";

    private final TestRun run;
    private final BackupSettings settings;
    private final Strategies strategies;
    private final Consumer<Node> beforeInspection;
    private final Played played = new Played();
    private LedgerLoad ledger;
    private UnderLoad load;
    private Backups backups;
    private final List<String> notReached = new CopyOnWriteArrayList<>();
    private volatile boolean complete;

    /** @param beforeInspection is given each restored server before anything is looked at */
    BackupRun(TestRun run, Consumer<Node> beforeInspection) {
        this.run = run;
        this.beforeInspection = beforeInspection;
        this.settings = run.settings().of(BackupSettings.class);
        this.strategies = new Strategies(run);
    }

    @Override
    public List<Step> steps() {
        Optional<String> impossible = impossible();
        if (impossible.isPresent()) {
            notRun(settings.strategies(), impossible.get());
            run.notRun(names(checks()), impossible.get());
            return List.of();
        }
        List<Strategy> possible = possible();
        if (possible.isEmpty()) {
            run.notRun(names(checks()), "no backup can be made");
            return List.of();
        }
        LedgerPlan plan =
                LedgerPlan.patient(settings.writeRate(), settings.readRate(), run.settings(), settings.deadline());
        ledger = new LedgerLoad(run, plan);
        load = new UnderLoad(run, settings, ledger);
        backups = new Backups(run, possible.stream().map(strategies::of).toList(), ledger, played, beforeInspection);
        List<Check> checks = new ArrayList<>();
        possible.forEach(strategy -> checks.addAll(checks(strategy)));
        checks.addAll(checks());
        checks.addAll(ledgerChecks());
        notReached.addAll(List.of(LEDGER, LOAD, VERIFICATION, END));
        List<Step> steps = List.of(
                run.alone(title(LEDGER), Duration.ofSeconds(2), () -> attempt(LEDGER, this::begin)),
                load.step(title(LOAD), () -> attempt(LOAD, this::underLoad)),
                run.alone(
                        title(VERIFICATION),
                        settings.verification(run.shards().all().size()),
                        () -> attempt(VERIFICATION, backups::verify)),
                run.alone(title(END), Duration.ofSeconds(1), this::end));
        return run.ifPossible(run.statements().mixed(), steps, checks);
    }

    private static String title(String step) {
        return TITLE + ": " + step;
    }

    /** The checks of those that cannot be made are not run. */
    private List<Strategy> possible() {
        List<Strategy> possible = new ArrayList<>();
        for (Strategy strategy : settings.strategies()) {
            Optional<String> why = strategies.impossible(strategy);
            if (why.isPresent()) {
                notRun(List.of(strategy), why.get());
            } else {
                possible.add(strategy);
            }
        }
        return possible;
    }

    private void notRun(List<Strategy> ways, String why) {
        ways.forEach(strategy -> run.notRun(names(checks(strategy)), why));
    }

    private static List<String> names(List<Check> checks) {
        return checks.stream().map(Check::name).toList();
    }

    private Optional<String> impossible() {
        return BackupPermission.refused(run.settings(), settings)
                .or(() -> run.servers()
                        .deployment()
                        .spares()
                        .impossible()
                        .map(reason ->
                                "backups are restored into servers beside these, and none can be started: " + reason))
                .or(this::noReplica);
    }

    private Optional<String> noReplica() {
        return settings.source() == Role.REPLICA
                        && run.shards().all().stream()
                                .anyMatch(shard -> shard.replicas().isEmpty())
                ? Optional.of("backup.source = replica, and a primary has none")
                : Optional.empty();
    }

    private void begin() {
        ledger.create();
        backups.begin();
        load.prepare();
    }

    private void underLoad() {
        backups.underLoad(load.awaitBegin());
        load.awaitEnd();
        backups.afterLoad();
    }

    private void end() {
        ledger.readNodes();
        ledger.close();
        load.close();
        backups.close();
        notReached.remove(END);
        complete = true;
    }

    /** After something went wrong that nothing can go on without, nothing more is done. */
    private void attempt(String name, Runnable step) {
        if (played.problem().isPresent()) {
            return;
        }
        try {
            Ending.refuse(TITLE);
            step.run();
            notReached.remove(name);
        } catch (TopologyException e) {
            String why = FailureReason.of(e);
            played.failed(why);
            run.say(TITLE + ": " + why);
        } catch (RuntimeException e) {
            // A mistake of the program, unless the run is ending: then what the step uses is closed already.
            played.failed(Ending.hasBegun() ? FailureReason.INTERRUPTED : e.toString());
            if (!Ending.hasBegun()) {
                throw e;
            }
        }
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(check(BackupChecks.STORED_NAME, BackupChecks.STORED, played::stored));
        if (settings.store().directory().isPresent() && settings.store().s3().isPresent()) {
            checks.add(check(BackupChecks.COPIED_NAME, BackupChecks.COPIED, played::copied));
        }
        if (settings.recoveries() > 0) {
            checks.add(check(
                    RecoveryChecks.LEDGER_NAME,
                    RecoveryChecks.LEDGER,
                    () -> RecoveryChecks.ledger(played.recoveries(), played.fewer())));
            checks.add(check(
                    RecoveryChecks.TABLES_NAME,
                    RecoveryChecks.TABLES,
                    () -> RecoveryChecks.tables(played.recoveries(), played.fewer())));
        }
        if (settings.rehearseDelete()) {
            checks.add(check(
                    RecoveryChecks.DELETE_NAME,
                    RecoveryChecks.DELETE,
                    () -> RecoveryChecks.delete(backups.rehearsals())));
        }
        return checks;
    }

    /** Of the full backups that are made in one way. */
    private List<Check> checks(Strategy way) {
        String strategy = way.label();
        return List.of(
                check(
                        BackupChecks.name(BackupChecks.LEDGER_NAME, strategy),
                        BackupChecks.LEDGER,
                        () -> BackupChecks.ledger(strategy, played.fulls(strategy))),
                check(
                        BackupChecks.name(BackupChecks.TABLES_NAME, strategy),
                        BackupChecks.TABLES,
                        () -> BackupChecks.tables(strategy, played.fulls(strategy))));
    }

    private Check check(String name, Meaning meaning, Supplier<CheckResult> judge) {
        return new Check(name, meaning, () -> complete ? doubted(judge.get()) : notPlayed(name));
    }

    private List<Check> ledgerChecks() {
        return ledger.checks(LedgerPromise.ALL, TITLE).stream()
                .map(check ->
                        new Check(check.name(), LedgerChecks.meaning(check.name()), () -> doubted(check.result())))
                .toList();
    }

    private CheckResult notPlayed(String name) {
        return CheckResult.unknown(name, Doubt.NOT_PLAYED, "it was not played to its end");
    }

    /** What was seen proves what is wrong, but not that all is right: not everything was done. */
    private CheckResult doubted(CheckResult result) {
        Optional<String> problem = played.problem();
        return result.verdict() == Verdict.INVALID || problem.isEmpty()
                ? result
                : CheckResult.unknown(result.name(), Doubt.SERVERS_FAILED, problem.get() + "; " + result.evidence());
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        List<Span> phases = played.phases();
        boolean nothing = phases.isEmpty() && played.fulls().isEmpty();
        if (nothing && !complete) {
            return Optional.empty();
        }
        return Optional.of(new BackupSection(
                played.fulls(),
                backups.segments(),
                played.recoveries(),
                backups.rehearsals(),
                phases.isEmpty() ? List.of() : load.costs(phases),
                phases.isEmpty() ? null : load.timeline(phases).orElse(null),
                phases.isEmpty() ? null : load.memory(phases),
                run.shards().areSeveral() ? AcrossShards.of(played.fulls()) : null,
                backups.stores(),
                problem()));
    }

    /** What went wrong, and what was not done because of that; null if nothing did. */
    private String problem() {
        if (notReached.isEmpty()) {
            return null;
        }
        String why = Ending.hasBegun() && !complete
                ? FailureReason.INTERRUPTED
                : played.problem().orElse("the run ended early");
        return why + "; not done, or not to the end: " + String.join("; ", notReached);
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
            load.close();
        }
        // There are none if the key could not be read.
        if (backups != null) {
            backups.close();
        }
    }
}
