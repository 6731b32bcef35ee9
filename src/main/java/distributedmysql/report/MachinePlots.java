package distributedmysql.report;

import java.util.List;

/** The pictures of the machine. */
final class MachinePlots {
    private MachinePlots() {}

    /** None where nothing was read. */
    static List<Plot> of(Machine machine) {
        return List.of();
    }
}
