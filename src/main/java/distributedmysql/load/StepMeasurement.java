package distributedmysql.load;

import distributedmysql.mysql.CapUse;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;

/**
 * What one {@link ConnectionStep} measured; times in microseconds.
 *
 * @param connections that were asked for, and users of them
 * @param opened that were open when the load began
 * @param connect how long it took to open each connection, one after the other
 * @param refusals failed attempts to open a connection
 * @param latency of the requests that succeeded, pool wait included
 * @param poolWait the part of the latency that was spent waiting for a connection
 * @param failures failed requests
 * @param seconds how long requests were counted
 * @param cap what the cap let pass meanwhile; empty without one
 */
public record StepMeasurement(
        int connections,
        int opened,
        AbstractHistogram connect,
        List<FailureCounts.Failures> refusals,
        AbstractHistogram latency,
        AbstractHistogram poolWait,
        List<FailureCounts.Failures> failures,
        double seconds,
        Optional<CapUse> cap) {

    /** Requests that succeeded, per second. */
    public double qps() {
        return latency.getTotalCount() / seconds;
    }
}
