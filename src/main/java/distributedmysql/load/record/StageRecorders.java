package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import distributedmysql.load.SqlFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The recorders of a run, found by the name of the Gatling scenario that a user plays. Stages and scenarios are added
 * before the load starts; thread-safe from then on.
 */
public final class StageRecorders {
    private final Map<String, StageRecorder> byScenario = new LinkedHashMap<>();
    private final Map<String, StagePlan.Model> ownScenarios = new LinkedHashMap<>();
    private final Map<String, StageRecorder> own = new ConcurrentHashMap<>();
    private final Map<String, StageRecorder> steps = new ConcurrentHashMap<>();
    private final OwnRequests ownRequests = new OwnRequests();
    private final Function<StagePlan, StageRecorder> newRecorder;
    private final StageRecorder unmeasured = StageRecorder.unmeasured();

    public StageRecorders() {
        this(plan -> new StageRecorder(plan, () -> {}));
    }

    /** @param newRecorder makes the recorder of a scenario of the user's, when its first request begins */
    public StageRecorders(Function<StagePlan, StageRecorder> newRecorder) {
        this.newRecorder = newRecorder;
    }

    /** Lets the users of a scenario, or of several, be recorded as one stage. */
    public void add(StageRecorder recorder, List<String> scenarios) {
        for (String scenario : scenarios) {
            if (byScenario.put(scenario, recorder) != null) {
                throw new IllegalArgumentException("two stages for the scenario " + scenario);
            }
        }
    }

    /** A scenario that becomes a stage of its own with its first request, unless it is recorded as one already. */
    public void addOwn(String scenario, StagePlan.Model model) {
        ownScenarios.put(scenario, model);
    }

    /** Of the planned stages, in the order in which they were added. */
    public List<StageRecorder> all() {
        return byScenario.values().stream().distinct().toList();
    }

    /** The recorder of a scenario; one whose records nobody reads, if nobody has added the scenario. */
    public StageRecorder of(String scenario) {
        StageRecorder recorder = byScenario.get(scenario);
        if (recorder != null) {
            return recorder;
        }
        StagePlan.Model model = ownScenarios.get(scenario);
        return model == null
                ? unmeasured
                : own.computeIfAbsent(scenario, name -> newRecorder.apply(StagePlan.own(name, model)));
    }

    /** A step that is no stage has failed: a request of its name that failed, of no scenario and of no stage. */
    public void stepFailed(String step, SqlFailure failure) {
        steps.computeIfAbsent(step, name -> new StageRecorder(StagePlan.own(name, StagePlan.Model.OPEN), () -> {}))
                .responded(step, 0, failure);
    }

    /** Whether it is one of the user's, without a stage that was planned for it. */
    public boolean isOwn(String scenario) {
        return !byScenario.containsKey(scenario);
    }

    public OwnRequests ownRequests() {
        return ownRequests;
    }

    /** What the planned stages have measured so far, in the order in which they were added. */
    public List<StageMeasurement> planned() {
        return measured(byScenario.values().stream());
    }

    /** What all have measured so far, scenarios of the user's too, in the order in which they began. */
    public List<StageMeasurement> measured() {
        return measured(Stream.concat(byScenario.values().stream(), own.values().stream())
                .sorted(Comparator.comparingLong(StageRecorder::firstStart)));
    }

    private static List<StageMeasurement> measured(Stream<StageRecorder> recorders) {
        return recorders
                .distinct()
                .map(StageRecorder::measured)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * All requests of the scenarios, by name, and the steps that failed.
     *
     * @param percent if no more of all requests of planned stages failed, those that failed because of {@code
     *     external.max-rate} apart, and some did, these failures are left out
     */
    public List<FailedRequests.Requests> requests(double percent) {
        List<FailedRequests.Requests> planned =
                requests(byScenario.values().stream().distinct());
        List<FailedRequests.Requests> ofCap =
                planned.stream().map(FailedRequests.Requests::failedOfCap).toList();
        long sent = planned.stream().mapToLong(FailedRequests.Requests::sent).sum();
        long failed = failed(planned);
        boolean fewEnough = failed > 0 && 100.0 * (failed - failed(ofCap)) / sent <= percent;
        List<FailedRequests.Requests> judged = new ArrayList<>(fewEnough ? List.of() : planned);
        if (fewEnough && 100.0 * failed / sent > percent) {
            judged.addAll(ofCap);
        }
        judged.addAll(requests(Stream.concat(own.values().stream(), steps.values().stream())));
        return judged;
    }

    private static long failed(List<FailedRequests.Requests> requests) {
        return requests.stream().mapToLong(FailedRequests.Requests::failed).sum();
    }

    private static List<FailedRequests.Requests> requests(Stream<StageRecorder> recorders) {
        return recorders.flatMap(recorder -> recorder.requests().stream()).toList();
    }
}
