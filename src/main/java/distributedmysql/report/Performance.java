package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<CurvePoint> curve =
                levels(stages).map(stage -> CurvePoint.of(stage, objective)).toList();
        return new Performance(stages, curve.isEmpty() ? null : MaxThroughput.of(curve, objective));
    }

    private static Stream<Stage> levels(List<Stage> stages) {
        return stages.stream()
                .filter(stage -> stage.model() == Stage.Model.CLOSED && stage.interrupted() == null && !stage.isOwn());
    }

    /** @param busy the parts of the run whose figures this machine may have spoilt */
    Performance spoiltIn(Set<String> busy) {
        String spoilt = levels(stages).map(Stage::name).filter(busy::contains).collect(Collectors.joining("; "));
        return maxThroughput == null || spoilt.isEmpty()
                ? this
                : new Performance(stages, maxThroughput.warning("this machine was busy in: " + spoilt));
    }
}
