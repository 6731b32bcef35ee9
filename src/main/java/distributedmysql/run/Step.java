package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.PlannedTime;
import distributedmysql.load.record.StagePlan;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Populations that run at the same time; the next step starts when all of them have ended. */
public final class Step {
    private final Duration expected;
    private final List<PopulationBuilder> populations;
    private final String name;
    private final ChainBuilder single;
    private final boolean isToBeSaid;

    /**
     * Of scenarios of the user's own: the console says when the first request of each begins.
     *
     * @param expected about how long it takes
     */
    public Step(Duration expected, List<PopulationBuilder> populations) {
        this(expected, List.copyOf(populations), "", null, false);
    }

    /** The step in which this stage is recorded: the console says when it begins, and when the run will end. */
    public Step(StagePlan stage, List<PopulationBuilder> populations) {
        this(stage.whole().plus(PlannedTime.BETWEEN), List.copyOf(populations), stage.name(), null, false);
    }

    /**
     * Neither a stage nor what one user does: the console says that it begins, and when the run will end.
     *
     * @param expected about how long it takes
     */
    public Step(String name, Duration expected, List<PopulationBuilder> populations) {
        this(expected, List.copyOf(populations), name, null, true);
    }

    private Step(
            Duration expected,
            List<PopulationBuilder> populations,
            String name,
            ChainBuilder single,
            boolean isToBeSaid) {
        this.expected = expected;
        this.populations = populations;
        this.name = name;
        this.single = single;
        this.isToBeSaid = isToBeSaid;
    }

    /** What one user does, once. */
    static Step single(String name, Duration expected, ChainBuilder chain) {
        return new Step(expected, null, name, chain, false);
    }

    /** The same, and these populations at the same time. */
    public Step with(List<PopulationBuilder> others) {
        List<PopulationBuilder> all = new ArrayList<>(populations());
        all.addAll(others);
        return new Step(expected, List.copyOf(all), name, null, isToBeSaid);
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

    /** Whether nothing that it plays says that it begins. */
    boolean isToBeSaid() {
        return isToBeSaid;
    }

    boolean isSingle() {
        return single != null;
    }

    /** One user does one after the other; both must be of one user. */
    Step then(Step next) {
        return single(name, expected.plus(next.expected), single.exec(next.single));
    }
}
