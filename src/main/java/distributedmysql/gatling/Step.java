package distributedmysql.gatling;

import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;

/**
 * Populations that run at the same time; the next step starts when all of them have ended.
 *
 * @param expected about how long it takes
 */
public record Step(Duration expected, List<PopulationBuilder> populations) {}
