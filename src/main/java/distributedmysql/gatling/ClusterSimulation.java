package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.Simulation;
import java.util.List;

/**
 * A simulation against replicated servers. Its constructor reads the settings, starts the servers and loads the data;
 * its end writes the JSON summary and ends the servers, also when Gatling crashes or is interrupted.
 *
 * <pre>{@code
 * public final class MySimulation extends ClusterSimulation {
 *     public MySimulation() {
 *         play(new PerformanceStages(run()));
 *     }
 * }
 * }</pre>
 */
public abstract class ClusterSimulation extends Simulation {
    private final TestRun run;

    protected ClusterSimulation() {
        run = TestRun.open(getClass().getSimpleName());
    }

    /** The run: settings, servers, feeders and recorders. */
    protected final TestRun run() {
        return run;
    }

    /** Plays the parts one after the other, then the checks of the whole run. */
    protected final void play(Part... parts) {
        List<Step> steps = run.plan(List.of(parts));
        setUp(run.chained(steps)).protocols(run.protocol()).assertions(assertions());
    }

    private List<Assertion> assertions() {
        return run.checkRequests().stream()
                .map(request -> details(request).failedRequests().count().is(0L))
                .toList();
    }

    @Override
    public final void after() {
        run.finish();
    }
}
