package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.report.Section;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What failovers have measured.
 *
 * @param modes one for each replication mode; null if none ran to its end
 * @param faults null if there were none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailoverSection(List<Failover> modes, List<InjectedFault> faults) implements Section {
    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return modes == null
                ? List.of()
                : modes.stream()
                        .flatMap(mode -> FailoverLines.of(mode, mark.apply("failover " + mode.mode())).stream())
                        .toList();
    }
}
