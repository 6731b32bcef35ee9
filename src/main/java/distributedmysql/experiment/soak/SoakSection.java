package distributedmysql.experiment.soak;

import distributedmysql.report.Section;
import distributedmysql.report.SoakInterval;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the soak has measured beside its stage.
 *
 * @param stage the name of its stage, which has the sums
 * @param intervalSeconds length of each interval
 */
public record SoakSection(
        String stage, double intervalSeconds, List<SoakInterval> intervals, List<Drift> drift, List<Leak> leaks)
        implements Section {
    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return List.of();
    }
}
