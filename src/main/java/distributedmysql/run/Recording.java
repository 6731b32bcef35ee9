package distributedmysql.run;

import distributedmysql.history.Event;
import distributedmysql.load.record.IntervalRecorder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.monitor.GeneratorLoad;
import distributedmysql.mysql.Node;
import java.time.Duration;
import java.util.List;

/** What records the stages of a run: those that are planned, and scenarios of the user's own. Thread-safe. */
final class Recording {
    private static final Duration GENERATOR_INTERVAL = Duration.ofMillis(250);

    private final Progress progress;
    /** Its cap on requests is that of all. */
    private final Node anyServer;

    private final GeneratorLoad generatorLoad = new GeneratorLoad(GENERATOR_INTERVAL);
    private final StageRecorders recorders = new StageRecorders(this::ownScenario);

    Recording(Progress progress, Node anyServer) {
        this.progress = progress;
        this.anyServer = anyServer;
    }

    void start() {
        generatorLoad.start();
    }

    StageRecorders recorders() {
        return recorders;
    }

    /** @param began is told when the first request begins */
    StageRecorder record(StagePlan plan, List<String> scenarios, IntervalRecorder intervals, Runnable began) {
        Runnable onBegin = () -> {
            progress.begins(plan.name());
            began.run();
        };
        StageRecorder recorder = recorder(plan, onBegin, intervals);
        recorders.add(recorder, scenarios);
        return recorder;
    }

    private StageRecorder ownScenario(StagePlan plan) {
        Runnable onBegin = () -> progress.events().add(Event.Kind.STEP, plan.name(), plan.name() + ": begins");
        return recorder(plan, onBegin, new IntervalRecorder(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private StageRecorder recorder(StagePlan plan, Runnable onBegin, IntervalRecorder intervals) {
        return new StageRecorder(plan, onBegin, intervals, generatorLoad, anyServer.cap());
    }
}
