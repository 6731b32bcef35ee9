package distributedmysql.benchmark;

import java.io.IOException;
import java.util.Optional;

/** A load generator; each measurement runs in a process of its own. */
interface Generator {
    GeneratorKind kind();

    /** Its version, for the report. */
    String version();

    /** Why it cannot do this; empty if it can. */
    Optional<String> cannot(LoadPlan plan);

    /** Starts the process. */
    GeneratorProcess start(LoadPlan plan) throws IOException;

    /** Whether its process ends by itself when the load is over; else it is ended. */
    default boolean endsByItself() {
        return true;
    }

    /**
     * Reads what the process says at its end about the measured window.
     *
     * @return empty if it says nothing that can be used
     */
    Optional<ToolReport> report(LoadPlan plan, String output) throws IOException;
}
