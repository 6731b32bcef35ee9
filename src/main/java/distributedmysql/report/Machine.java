package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.monitor.machine.Where;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The machine that the load came from, and that servers which the run started are on.
 *
 * @param where what it is
 * @param use what it did while the run lasted; null if the run ended before it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(Where where, MachineUse use) {
    /** The parts of the run whose figures it may have spoilt. */
    public Set<String> busyParts() {
        return use == null
                ? Set.of()
                : use.busy().stream().map(MachineUse.Spoilt::what).collect(Collectors.toSet());
    }
}
