package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import distributedmysql.load.SqlFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests of a load that is no stage, such as one that ends after a number of requests: how many there were, which failed, and which
 * shards they went to. All of its time counts. Thread-safe and wait-free.
 */
public final class CountedLoad {
    private static final long NONE = Long.MIN_VALUE;

    private final String name;
    private final Optional<String> mayFail;
    private final RequestRecorders byName = new RequestRecorders();
    private final ShardRecorders byShard = new ShardRecorders();
    private final AtomicLong firstStart = new AtomicLong(NONE);
    private final AtomicLong lastEnd = new AtomicLong(NONE);

    /**
     * @param name as the console names what is played
     * @param mayFail why its requests may fail; empty if they may not
     */
    public CountedLoad(String name, Optional<String> mayFail) {
        this.name = name;
        this.mayFail = mayFail;
    }

    /**
     * A request has ended; times are of {@link System#nanoTime()}.
     *
     * @param failure null if it succeeded
     * @param shards those that it went to, from 0 on
     */
    public void ended(String request, long start, long end, SqlFailure failure, int... shards) {
        firstStart.accumulateAndGet(start, (first, next) -> first == NONE || next - first < 0 ? next : first);
        lastEnd.accumulateAndGet(end, (last, next) -> last == NONE || next - last > 0 ? next : last);
        long micros = RoleRecorder.micros(end - start);
        if (failure == null) {
            byName.of(request).succeeded(0, micros, end);
        } else {
            byName.of(request).failed(0, failure);
        }
        for (int shard : shards) {
            byShard.add(shard, micros, failure == null);
        }
    }

    /** Why its requests may fail; empty if they may not. */
    public Optional<String> mayFail() {
        return mayFail;
    }

    /** By name. */
    public List<FailedRequests.Requests> requests() {
        return byName.all(name);
    }

    /** Up to the last shard that was asked; of a request to several, each part. */
    public List<StageMeasurement.Requests> byShard() {
        return byShard.measured();
    }

    /** From the start of the first request to the end of the last one; 0 if there was none. */
    public double seconds() {
        return firstStart.get() == NONE ? 0 : (lastEnd.get() - firstStart.get()) / 1e9;
    }
}
