package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.monitor.machine.Where;

/**
 * The machine that the load came from, and that servers which the run started are on.
 *
 * @param where what it is
 * @param use what it did while the run lasted; null if the run ended before it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Machine(Where where, MachineUse use) {}
