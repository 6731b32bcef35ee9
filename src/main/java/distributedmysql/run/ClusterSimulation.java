package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.details;

import io.gatling.javaapi.core.Simulation;
import java.util.List;

/**
 * A simulation against replicated servers. Its constructor reads the settings, starts the servers and loads the data;
 * its end writes the JSON summary and ends the servers, also when Gatling crashes or is interrupted.
 *
 * <pre>{@code
 * public final class MySimulation extends ClusterSimulation {
 *     public MySimulation() {
 *         play(new MyPart(run()));
 *     }
 * }
 * }</pre>
 */
public abstract class ClusterSimulation extends Simulation {
    private final TestRun run;

    /**
     * @param experiments what is played, in this order, unless {@code -Dexperiments} names others; none if all is of the
     *     simulation's own, and then how long it takes is not known, and {@code time-budget} refused
     */
    protected ClusterSimulation(Experiment... experiments) {
        run = RunStart.open(getClass().getSimpleName(), List.of(experiments));
    }

    /** The run: settings, servers, feeders and recorders. */
    protected final TestRun run() {
        return run;
    }

    /**
     * Plays the experiments, then these parts of the simulation's own, one after the other, then the checks of the whole run:
     * whether a request of any scenario failed that may not, and whether all checks are valid, on which Gatling's exit code
     * depends.
     */
    protected final void play(Part... own) {
        List<Step> steps = run.plan(List.of(own));
        setUp(run.chained(steps))
                .protocols(run.protocol())
                // One for all checks: Gatling prints a line for each assertion, and the run itself says more of each
                // check.
                .assertions(details(Judging.VERDICT).failedRequests().count().is(0L));
    }

    @Override
    public final void after() {
        run.finish();
    }
}
