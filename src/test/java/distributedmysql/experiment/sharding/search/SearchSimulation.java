package distributedmysql.experiment.sharding.search;

import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import io.gatling.javaapi.core.Simulation;
import java.util.List;

/** Plays the searches of {@link SearchIT}. Gatling makes the instance, so what goes in and comes out is static. */
public final class SearchSimulation extends Simulation {
    static final int POOL_SIZE = 40;

    static volatile SearchLoad load;
    static volatile ConnectionFeeder connections;
    static volatile StageRecorder recorder;

    @SuppressWarnings("StaticAssignmentInConstructor") // Gatling makes the simulation, which tells by a static field.
    public SearchSimulation() {
        recorder = new StageRecorder(load.plan(), () -> {});
        StageRecorders recorders = new StageRecorders();
        recorders.add(recorder, List.of(SearchLoad.STAGE));
        setUp(load.population(connections, POOL_SIZE)).protocols(new ClusterProtocol(recorders));
    }
}
