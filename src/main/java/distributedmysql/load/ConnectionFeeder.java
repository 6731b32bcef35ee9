package distributedmysql.load;

import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Gatling feeder that hands each virtual user its route, under the session key {@link #KEY}: the primary for
 * writes, the replicas in turn for reads. Endless and thread-safe.
 */
public final class ConnectionFeeder implements Iterator<Map<String, Object>> {
    /** The session key of a user's {@link Route}. */
    public static final String KEY = "route";

    private final Shards shards;
    private final ConnectionPools pools;
    private final AtomicInteger turns = new AtomicInteger();

    public ConnectionFeeder(ReplicaSet replicaSet, ConnectionPools pools) {
        this(Shards.only(replicaSet), pools);
    }

    public ConnectionFeeder(Shards shards, ConnectionPools pools) {
        this.shards = shards;
        this.pools = pools;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Map<String, Object> next() {
        return Map.of(KEY, new Route(shards, pools, turns.getAndIncrement() & Integer.MAX_VALUE));
    }
}
