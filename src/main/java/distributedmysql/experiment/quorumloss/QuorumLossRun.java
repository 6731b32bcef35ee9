package distributedmysql.experiment.quorumloss;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.quorumloss.QuorumLossSection.Round;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.ledger.LedgerPromise;
import distributedmysql.ledger.PlannedOutage;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Ending;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Rounds under one ledger, on a group; on other servers its checks are not run. */
final class QuorumLossRun implements ExperimentRun {
    private static final String TITLE = "quorum loss";
    /** A request that gets no connection to a survivor whose connections all wait is given up. */
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(1);

    private final TestRun run;
    private final QuorumLossSettings settings;
    private final LedgerLoad ledger;
    private final List<QuorumLossRound> rounds = new CopyOnWriteArrayList<>();
    private volatile String problem = "";
    private volatile boolean complete;

    QuorumLossRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(QuorumLossSettings.class);
        LedgerPlan plan = LedgerPlan.patient(
                        settings.writeRate(), settings.readRate(), run.settings(), settings.deadline())
                .impatient(POOL_TIMEOUT);
        this.ledger =
                new LedgerLoad(run.servers(), plan, run.events().clock(), new PlannedOutage(TITLE, this::isOutage));
    }

    private boolean isOutage(long arrivedMicros, long endedMicros) {
        return rounds.stream().anyMatch(round -> round.isOutage(arrivedMicros, endedMicros));
    }

    @Override
    public List<Step> steps() {
        List<Check> checks = checks();
        Optional<String> impossible = impossible();
        if (impossible.isPresent()) {
            run.notRun(checks.stream().map(Check::name).toList(), impossible.get());
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        Duration second = Duration.ofSeconds(1);
        steps.add(run.alone(TITLE + ": making the ledger", second, () -> attempt(ledger::create)));
        for (Recovery recovery : settings.recoveries()) {
            String name = TITLE + ", " + recovery.label();
            steps.add(ledger.step(run, name, settings.round(), settings.load(), () -> attempt(() -> play(recovery))));
        }
        steps.add(run.alone(TITLE + ": reading what every server has", second, this::end));
        steps.add(run.judge(checks));
        return steps;
    }

    private Optional<String> impossible() {
        return run.replicaSet().isGroup()
                ? OwnServer.impossible(run.replicaSet().primary())
                        .map(reason -> "most of the group would be killed, and a group made anew; " + reason)
                : Optional.of(ReplicaSet.NO_GROUP);
    }

    private void play(Recovery recovery) {
        QuorumLossRound round = new QuorumLossRound(run.replicaSet(), recovery, settings, run.events());
        rounds.add(round);
        round.run();
        QuorumLoss loss = round.loss();
        run.say(TITLE + ", " + recovery.label() + ": " + loss.survivor()
                + " was without a majority, and took writes again "
                + (loss.recoveredMicros() - loss.lostMicros()) / 1_000 + " ms after that");
    }

    /** After something went wrong, nothing more is killed. */
    private void attempt(Runnable step) {
        if (!problem.isEmpty()) {
            return;
        }
        try {
            Ending.refuse(TITLE);
            step.run();
        } catch (TopologyException e) {
            problem = e.getMessage();
            run.say(TITLE + ": " + problem);
        }
    }

    private void end() {
        ledger.readNodes();
        ledger.close();
        complete = true;
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Recovery recovery : settings.recoveries()) {
            checks.add(check(
                    QuorumLossChecks.acknowledgedName(recovery),
                    QuorumLossChecks.ACKNOWLEDGED,
                    recovery,
                    loss -> QuorumLossChecks.acknowledged(ledger.ledger(), loss)));
            if (recovery == Recovery.BOOTSTRAP) {
                checks.add(check(
                        QuorumLossChecks.answersName(recovery),
                        QuorumLossChecks.ANSWERS,
                        recovery,
                        loss -> QuorumLossChecks.answers(ledger.ledger(), loss, settings.answerWithin())));
            }
        }
        ledger.checks(LedgerPromise.ALL, TITLE)
                .forEach(check -> checks.add(
                        new Check(check.name(), LedgerChecks.meaning(check.name()), () -> doubted(check.result()))));
        return checks;
    }

    private Check check(String name, Meaning meaning, Recovery recovery, Function<QuorumLoss, CheckResult> judge) {
        return new Check(
                name,
                meaning,
                () -> loss(recovery)
                        .map(judge)
                        .orElseGet(() -> CheckResult.unknown(
                                name,
                                Ending.hasBegun() || problem.isEmpty() ? Doubt.NOT_PLAYED : Doubt.SERVERS_FAILED,
                                problem.isEmpty() ? "the round was not played to its end" : problem)));
    }

    /** What was seen proves what is wrong, but not that all is right: not everything was seen. */
    private CheckResult doubted(CheckResult result) {
        return result.verdict() == Verdict.INVALID || problem.isEmpty()
                ? result
                : CheckResult.unknown(result.name(), Doubt.SERVERS_FAILED, problem + "; " + result.evidence());
    }

    private Optional<QuorumLoss> loss(Recovery recovery) {
        return rounds.stream()
                .filter(round -> round.recovery() == recovery)
                .map(QuorumLossRound::loss)
                .filter(loss -> loss != null)
                .findFirst();
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        if (rounds.isEmpty() || !complete) {
            return Optional.empty();
        }
        List<Round> reports = rounds.stream()
                .filter(round -> round.loss() != null)
                .map(round -> Round.of(ledger.ledger(), round.loss(), round.repairedMicros()))
                .toList();
        return Optional.of(new QuorumLossSection(reports, problem.isEmpty() ? null : problem, ledger.figures()));
    }

    @Override
    public void close() {
        rounds.forEach(QuorumLossRound::close);
        ledger.close();
    }
}
