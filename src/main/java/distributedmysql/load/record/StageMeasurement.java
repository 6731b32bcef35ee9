package distributedmysql.load.record;

import distributedmysql.load.FailureCounts;
import distributedmysql.monitor.GeneratorLoad;
import distributedmysql.mysql.CapUse;
import distributedmysql.topology.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;

/**
 * What has been measured of a stage so far, about the requests that count; a copy, to which nothing is recorded any more. Times in
 * microseconds.
 *
 * @param engine what sent the statements
 * @param interrupted whether the steady state was not over
 * @param seconds how long requests were counted
 * @param started requests, ended or not
 * @param all requests
 * @param poolWait the part of the latency that was spent waiting for a connection, as far as it is known
 * @param byRole of the server that was asked
 * @param byShard of those that were sent to each, in their order; none where there is one shard
 * @param failures of all requests, by SQLState and code
 * @param byRequest by name; names without a request are left out
 * @param generator what the load generator itself took meanwhile; empty if it was not measured
 * @param intervals of the steady state, coarse and for pictures; none where somebody else tells of them
 * @param cap what the cap let pass meanwhile; empty without one
 */
public record StageMeasurement(
        StagePlan plan,
        String engine,
        boolean interrupted,
        double seconds,
        long started,
        Requests all,
        AbstractHistogram poolWait,
        Map<Role, Requests> byRole,
        List<Requests> byShard,
        List<FailureCounts.Failures> failures,
        List<NamedRequests> byRequest,
        List<IntervalRecorder.Interval> intervals,
        Optional<GeneratorLoad.Share> generator,
        Optional<CapUse> cap) {

    /**
     * Requests that count.
     *
     * @param latency of those that succeeded
     */
    public record Requests(AbstractHistogram latency, long failed) {
        /** Those that failed, too. */
        public long count() {
            return latency.getTotalCount() + failed;
        }
    }

    /**
     * Those of one name.
     *
     * @param failures by SQLState and code, those that are no server's error also by message
     * @param missing how many of those that succeeded did so without a shard, by its name
     */
    public record NamedRequests(
            String name, AbstractHistogram latency, List<FailureCounts.Failures> failures, Map<String, Long> missing) {
        /** How many failed. */
        public long failed() {
            return failures.stream().mapToLong(FailureCounts.Failures::count).sum();
        }

        /** Those that failed, too. */
        public long count() {
            return latency.getTotalCount() + failed();
        }
    }
}
