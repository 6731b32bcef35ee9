package distributedmysql.benchmark;

import java.util.OptionalInt;

/**
 * One measurement of one generator.
 *
 * @param rate requests per second (open model); empty if each connection waits for its last answer (closed model)
 * @param warmUpSeconds from the start of the load to the measured window
 */
record LoadPlan(Workload workload, int connections, OptionalInt rate, int rows, int warmUpSeconds, int steadySeconds) {
    /** The load goes on after the measured window, so that the window ends under full load. */
    private static final int MARGIN_SECONDS = 1;

    int wholeSeconds() {
        return warmUpSeconds + steadySeconds + MARGIN_SECONDS;
    }
}
