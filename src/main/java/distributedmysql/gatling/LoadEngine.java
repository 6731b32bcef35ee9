package distributedmysql.gatling;

import io.gatling.javaapi.core.PopulationBuilder;
import java.util.List;

/** Turns a load into Gatling populations that run at the same time. */
public interface LoadEngine {
    /** The names of the scenarios that {@link #open} and {@link #closed} give to a stage of this name. */
    List<String> scenarios(String stage);

    /** Requests arrive at a rate, whether earlier ones are answered or not. */
    List<PopulationBuilder> open(Load load);

    /** Users send one request after the other, as fast as they are answered. */
    List<PopulationBuilder> closed(Load load);

    /** Opens connections to the replicas for closed loads of at most so many users; may block. */
    void prepare(int users);

    /** A stage of this name has begun: what earlier stages opened is no longer needed. Must not block. */
    void began(String stage);
}
