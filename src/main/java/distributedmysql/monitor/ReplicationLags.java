package distributedmysql.monitor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The {@link ReplicationLag} of each shard of a run, started and ended together. Thread-safe. */
public final class ReplicationLags implements AutoCloseable {
    private static final Comparator<ReplicationLagResult> BY_BEAT = Comparator.comparingLong(result ->
            result.beatMicros().p99() == null ? 0 : result.beatMicros().p99());

    private final List<ReplicationLag> all;

    /** @param all one for each shard, in their order; all with the same intervals and the same zero */
    public ReplicationLags(List<ReplicationLag> all) {
        this.all = List.copyOf(all);
    }

    /** As {@link ReplicationLag#start}. Those that have been started are ended by {@link #close} where one cannot be. */
    public void start() throws SQLException {
        for (ReplicationLag lag : all) {
            lag.start();
        }
    }

    /** As {@link ReplicationLag#loadBegins}. */
    public void loadBegins(Duration planned) {
        all.forEach(lag -> lag.loadBegins(planned));
    }

    /** As {@link ReplicationLag#loadEnds}. */
    public void loadEnds() {
        all.forEach(ReplicationLag::loadEnds);
    }

    /**
     * What was measured so far, of all replicas together. The beats are those of the primary whose beats took longest; idle is a
     * primary if one of them is.
     */
    public ReplicationLagResult result() {
        List<ReplicationLagResult> results =
                all.stream().map(ReplicationLag::result).toList();
        ReplicationLagResult first = results.get(0);
        return new ReplicationLagResult(
                first.loadFromMillis(),
                first.loadToMillis(),
                results.stream().anyMatch(ReplicationLagResult::primaryIdle),
                first.beatIntervalMicros(),
                results.stream().max(BY_BEAT).orElseThrow().beatMicros(),
                results.stream().flatMap(result -> result.replicas().stream()).toList(),
                results.stream().flatMap(result -> result.samplers().stream()).toList());
    }

    /** The time that the statistics are of; empty before {@link #loadBegins}. */
    public Optional<LoadTime> loadTime() {
        return all.get(0).loadTime();
    }

    @Override
    public void close() {
        all.forEach(ReplicationLag::close);
    }
}
