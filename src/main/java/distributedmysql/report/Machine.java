package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.monitor.machine.Where;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The machine that the load came from, and that servers which the run started are on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(
        @JsonPropertyDescription("What the machine is. What the system does not tell is absent.")
        Where where,

        @JsonPropertyDescription("What it did while the run lasted, read four times per second.") @Nullable
        MachineUse use) {
    /** Its pictures for the HTML report; none if it was not watched. */
    public List<Plot> plots() {
        return MachinePlots.of(this);
    }

    /** The parts of the run whose figures it may have spoilt. */
    public Set<String> busyParts() {
        return use == null
                ? Set.of()
                : use.busy().stream().map(MachineUse.Spoilt::what).collect(Collectors.toSet());
    }
}
