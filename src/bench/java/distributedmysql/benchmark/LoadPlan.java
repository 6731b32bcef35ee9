package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One measurement of one generator.
 *
 * @param targetRate requests per second (open model); null if each connection waits for its last answer (closed model)
 * @param stallMillis how long the server is stopped in the middle of the measured window; null if it is not
 * @param warmUpSeconds from the start of the load to the measured window
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LoadPlan(
        Workload workload,
        int connections,
        Integer targetRate,
        Integer stallMillis,
        int rows,
        int warmUpSeconds,
        int steadySeconds) {
    /** The load goes on after the measured window, so that the window ends under full load. */
    private static final int MARGIN_SECONDS = 1;

    int wholeSeconds() {
        return warmUpSeconds + steadySeconds + MARGIN_SECONDS;
    }

    LoadPlan at(int rate) {
        return new LoadPlan(workload, connections, rate, stallMillis, rows, warmUpSeconds, steadySeconds);
    }

    LoadPlan stalled(int millis) {
        return new LoadPlan(workload, connections, targetRate, millis, rows, warmUpSeconds, steadySeconds);
    }

    /** For people. */
    String name() {
        return workload.label() + ", " + connections + (connections == 1 ? " connection" : " connections")
                + (targetRate == null ? "" : ", " + targetRate + "/s (open model)")
                + (stallMillis == null ? "" : ", server stopped for " + stallMillis + " ms");
    }
}
