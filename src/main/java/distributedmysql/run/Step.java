package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.PlannedTime;
import distributedmysql.load.record.StagePlan;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;

/** Populations that run at the same time; the next step starts when all of them have ended. */
public final class Step {
    private final Duration expected;
    private final List<PopulationBuilder> populations;
    private final String name;
    private final ChainBuilder single;

    /** @param expected about how long it takes */
    public Step(Duration expected, List<PopulationBuilder> populations) {
        this(expected, List.copyOf(populations), "", null);
    }

    /** The step in which this stage is recorded: the console says when it begins, and when the run will end. */
    public Step(StagePlan stage, List<PopulationBuilder> populations) {
        this(stage.whole().plus(PlannedTime.BETWEEN), List.copyOf(populations), stage.name(), null);
    }

    /**
     * As {@link #Step(Duration, List)}.
     *
     * @param name of the {@link TestRun#alone} that is one of the populations
     */
    public Step(String name, Duration expected, List<PopulationBuilder> populations) {
        this(expected, List.copyOf(populations), name, null);
    }

    private Step(Duration expected, List<PopulationBuilder> populations, String name, ChainBuilder single) {
        this.expected = expected;
        this.populations = populations;
        this.name = name;
        this.single = single;
    }

    /** What one user does, once. */
    static Step single(String name, Duration expected, ChainBuilder chain) {
        return new Step(expected, null, name, chain);
    }

    /** About how long it takes. */
    public Duration expected() {
        return expected;
    }

    String name() {
        return name;
    }

    /** What Gatling plays at the same time. */
    public List<PopulationBuilder> populations() {
        return isSingle() ? List.of(scenario(name).exec(single).injectOpen(atOnceUsers(1))) : populations;
    }

    boolean isSingle() {
        return single != null;
    }

    /** One user does one after the other; both must be of one user. */
    Step then(Step next) {
        return single(name, expected.plus(next.expected), single.exec(next.single));
    }
}
