package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;

import distributedmysql.config.RunPart;
import io.gatling.javaapi.core.Simulation;
import java.util.List;
import java.util.Set;

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

    /**
     * @param parts what will be played, so that {@code time-budget} knows how long it takes; none if that is something of
     *     the simulation's own, which then has no budget
     */
    protected ClusterSimulation(RunPart... parts) {
        run = TestRun.open(getClass().getSimpleName(), Set.of(parts));
    }

    /** The run: settings, servers, feeders and recorders. */
    protected final TestRun run() {
        return run;
    }

    /**
     * Plays the parts one after the other, then the checks of the whole run: whether a request of any scenario failed that may
     * not, and whether all checks are valid, on which Gatling's exit code depends.
     */
    protected final void play(Part... parts) {
        List<Step> steps = run.plan(List.of(parts));
        setUp(run.chained(steps))
                .protocols(run.protocol())
                // One for all checks: Gatling prints a line for each assertion, and the run itself says more of each
                // check.
                .assertions(details(TestRun.VERDICT).failedRequests().count().is(0L));
    }

    @Override
    public final void after() {
        run.finish();
    }
}
