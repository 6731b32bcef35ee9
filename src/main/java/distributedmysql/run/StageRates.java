package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.check.TargetRate;
import distributedmysql.check.TargetRate.OpenStage;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The check of the rates of stages of the open model. */
public final class StageRates {
    private StageRates() {}

    /** @param stages are asked for when the check is made; those of the closed model are left out */
    public static Check check(String name, Meaning meaning, Supplier<List<StageRecorder>> stages) {
        return new Check(name, meaning, () -> {
                    List<Stage> open = stages.get().stream()
                            .map(StageRates::open)
                            .flatMap(Optional::stream)
                            .toList();
                    CheckResult result = TargetRate.check(
                            open.stream().map(StageRates::figures).toList());
                    List<Stage> missed = open.stream()
                            .filter(stage -> !figures(stage).isAchieved())
                            .toList();
                    return ofFailed(LimitedByCap.judged(result.named(name), missed), missed);
                })
                .ofFigures(() -> times(stages.get()));
    }

    private static Optional<Stage> open(StageRecorder recorder) {
        return recorder.measured()
                .filter(measured -> measured.plan().model() == StagePlan.Model.OPEN)
                .map(Stage::of);
    }

    private static OpenStage figures(Stage stage) {
        return new OpenStage(stage.name(), stage.targetQps(), stage.achievedQps(), stage.steadySeconds());
    }

    /** Of the stages that missed their rate, or of all if none did. */
    private static List<Timing> times(List<StageRecorder> recorders) {
        List<Timing> missed = new ArrayList<>();
        List<Timing> all = new ArrayList<>();
        for (StageRecorder recorder : recorders) {
            open(recorder)
                    .ifPresent(stage -> recorder.steadyTime().ifPresent(time -> {
                        all.add(new Timing(stage.name(), time, Timing.SOME));
                        if (!figures(stage).isAchieved()) {
                            missed.add(new Timing(stage.name(), time, missing(stage)));
                        }
                    }));
        }
        return missed.isEmpty() ? all : missed;
    }

    /**
     * The share of the requests that is missing: a machine that was busy for less of the time has not kept all of them from
     * being sent. What failed was sent.
     */
    private static double missing(Stage stage) {
        return allWereSent(stage) ? Timing.NEVER : 1 - ended(stage) / stage.targetQps();
    }

    private static double ended(Stage stage) {
        return stage.achievedQps() + stage.failed() / stage.steadySeconds();
    }

    private static boolean allWereSent(Stage stage) {
        return new OpenStage(stage.name(), stage.targetQps(), ended(stage), stage.steadySeconds()).isAchieved();
    }

    /** Where a rate was missed only because requests failed, a lower one would change nothing; other checks judge the failures. */
    private static CheckResult ofFailed(CheckResult result, List<Stage> missed) {
        if (result.verdict() != Verdict.INVALID || !missed.stream().allMatch(StageRates::allWereSent)) {
            return result;
        }
        String failed = missed.stream()
                .map(stage -> stage.name() + ": " + Plural.of(stage.failed(), "request"))
                .collect(Collectors.joining(", "));
        return CheckResult.unknown(
                result.name(),
                Doubt.SERVERS_FAILED,
                "all requests were sent, but some failed (" + failed + "), which alone explains what is missing; "
                        + result.evidence());
    }
}
