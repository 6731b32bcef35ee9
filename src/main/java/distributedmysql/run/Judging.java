package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.exec;

import distributedmysql.check.AllValid;
import distributedmysql.check.CheckResult;
import distributedmysql.check.FailedRequests;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.gatling.internal.CheckFactory;
import distributedmysql.history.Event;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.report.NotRun;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The checks of a run: makes each as a Gatling request, and keeps what it found for the report. Thread-safe once all steps are
 * described.
 */
final class Judging {
    /** The Gatling request that fails unless all checks are valid; worded for the one line that Gatling prints of it. */
    static final String VERDICT = "all checks are VALID";

    private final Progress progress;
    private final MachineWatch machine;
    private final StageRecorders recorders;
    private final List<String> planned = Collections.synchronizedList(new ArrayList<>());
    private final List<NotRun> notRun = Collections.synchronizedList(new ArrayList<>());
    private final List<CheckResult> results = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean complete;

    Judging(Progress progress, MachineWatch machine, StageRecorders recorders) {
        this.progress = progress;
        this.machine = machine;
        this.recorders = recorders;
    }

    /** So far; goes on growing. */
    List<CheckResult> results() {
        return results;
    }

    /** So far; goes on growing. */
    List<NotRun> notRun() {
        return notRun;
    }

    /** Whether the last check of all has been made. */
    boolean isComplete() {
        return complete;
    }

    void notRun(List<String> checks, String reason) {
        checks.forEach(name -> notRun.add(new NotRun(name, reason)));
    }

    /** The run is over: those that it has not come to are not run. */
    void endsEarly(String why) {
        notRun(notMade(), "the run ended before it came to that (" + why + ")");
    }

    /** Says which checks are not run; if there are no others, why. */
    Optional<String> nothingToPlay() {
        Map<String, List<String>> byReason = NotRun.byReason(notRun);
        // The end of the run names them.
        byReason.forEach((reason, names) ->
                progress.say("not run, because " + reason + ": " + Plural.of(names.size(), "check")));
        return planned.isEmpty() && !notRun.isEmpty()
                ? Optional.of(String.join("; ", byReason.keySet()))
                : Optional.empty();
    }

    /** Each check is a Gatling request named {@code check …}. */
    Step step(List<Check> checks) {
        ChainBuilder chain = exec(session -> session);
        for (Check check : checks) {
            planned.add(check.name());
            chain = chain.exec(request(check.request(), () -> {
                progress.beginsQuietly(check.request());
                CheckResult result = machine.judge(check);
                progress.ends();
                judged(result);
                return result;
            }));
        }
        String name = "checks: " + checks.get(0).name();
        return Step.single(name, Duration.ZERO, chain);
    }

    private void judged(CheckResult result) {
        results.add(result);
        if (result.verdict() != Verdict.VALID) {
            progress.events().add(Event.Kind.FINDING, result.name(), result.verdict() + ": " + result.evidence());
        }
    }

    /**
     * The last step but one. A run whose scenarios have no requests has no such check: there is nothing to judge.
     *
     * @param loads that are no stages
     */
    Step failedRequests(double maxErrorPercent, Supplier<List<CountedLoad>> loads) {
        planned.add(FailedRequests.NAME);
        ActionBuilder action = request("check " + FailedRequests.NAME, () -> {
            List<FailedRequests.Requests> requests = new ArrayList<>(recorders.requests(maxErrorPercent));
            Map<String, String> mayFail = new TreeMap<>();
            for (CountedLoad load : loads.get()) {
                List<FailedRequests.Requests> ofLoad = load.requests();
                requests.addAll(ofLoad);
                load.mayFail().ifPresent(reason -> ofLoad.forEach(any -> mayFail.put(any.name(), reason)));
            }
            FailedRequests.Simulation simulation =
                    recorders.ownRequests().simulation().with(mayFail);
            Check check = new Check(
                            FailedRequests.NAME,
                            FailedRequests.MEANING,
                            () -> FailedRequests.check(requests, simulation))
                    .ofFigures(() -> FailureTimes.of(
                            recorders.all(), simulation.mayFail().keySet()));
            CheckResult result = machine.judge(check);
            if (!requests.isEmpty() || !simulation.isSilent()) {
                judged(result);
            } else {
                planned.remove(FailedRequests.NAME);
            }
            return result;
        });
        return Step.single(FailedRequests.NAME, Duration.ZERO, exec(action));
    }

    /** The last step: what Gatling's exit code depends on. */
    Step verdict() {
        ActionBuilder check = request(VERDICT, () -> {
            complete = true;
            return AllValid.of(VERDICT, results, notMade());
        });
        return Step.single("verdict", Duration.ZERO, exec(check));
    }

    /** Those that have been planned: a step that was not played has judged nothing. */
    private List<String> notMade() {
        List<String> notMade = new ArrayList<>(planned);
        results.forEach(result -> notMade.remove(result.name()));
        return notMade;
    }

    /** A Gatling request that fails unless the judgement is VALID. */
    private static ActionBuilder request(String name, Supplier<CheckResult> judge) {
        CheckFactory factory = new CheckFactory(name, judge);
        return () -> factory;
    }
}
