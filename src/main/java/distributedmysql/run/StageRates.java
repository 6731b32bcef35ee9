package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.check.TargetRate;
import distributedmysql.check.TargetRate.OpenStage;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.LimitedByCap;
import distributedmysql.report.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
                    return LimitedByCap.judged(
                            result.named(name),
                            open.stream()
                                    .filter(stage -> !figures(stage).isAchieved())
                                    .toList());
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
        double ended = stage.achievedQps() + stage.failed() / stage.steadySeconds();
        boolean allWereSent = new OpenStage(stage.name(), stage.targetQps(), ended, stage.steadySeconds()).isAchieved();
        return allWereSent ? Timing.NEVER : 1 - ended / stage.targetQps();
    }
}
