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

    /** From what the stages measured; the closed ones that were not interrupted are the levels of the maximum throughput. */
    public static Performance of(List<Stage> stages, MaxThroughput.Objective objective) {
        List<CurvePoint> curve = stages.stream()
                .filter(stage -> stage.model() == Stage.Model.CLOSED && stage.interrupted() == null && !stage.isOwn())
                .map(stage -> CurvePoint.of(stage, objective))
                .toList();
        return new Performance(stages, curve.isEmpty() ? null : MaxThroughput.of(curve, objective));
    }
}
