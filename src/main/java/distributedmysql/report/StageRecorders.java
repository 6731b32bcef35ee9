package distributedmysql.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recorders of a run, found by the name of the Gatling scenario that a user plays. Filled before the load starts;
 * thread-safe from then on.
 */
public final class StageRecorders {
    private final Map<String, StageRecorder> byScenario = new LinkedHashMap<>();
    private final StageRecorder unmeasured = StageRecorder.unmeasured();

    /** Lets the users of a scenario, or of several, be recorded as one stage. */
    public void add(StageRecorder recorder, List<String> scenarios) {
        for (String scenario : scenarios) {
            if (byScenario.put(scenario, recorder) != null) {
                throw new IllegalArgumentException("two stages for the scenario " + scenario);
            }
        }
    }

    /** The recorder of a scenario; one whose records nobody reads, if the scenario belongs to no stage. */
    public StageRecorder of(String scenario) {
        return byScenario.getOrDefault(scenario, unmeasured);
    }

    /** In the order in which they were added. */
    public List<StageRecorder> all() {
        return byScenario.values().stream().distinct().toList();
    }

    /** What the stages have measured so far, in the order in which they were added. */
    public List<Stage> measured() {
        return all().stream()
                .map(StageRecorder::measured)
                .flatMap(Optional::stream)
                .toList();
    }
}
