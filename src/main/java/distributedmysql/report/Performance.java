package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The performance stages, in the order in which they ran.
 *
 * @param maxThroughput null if that stage was not run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Performance(List<Stage> stages, MaxThroughput maxThroughput) {
    public Performance {
        stages = List.copyOf(stages);
    }
}
