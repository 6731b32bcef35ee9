package distributedmysql.gatling;

import distributedmysql.connection.NodePool;
import distributedmysql.gatling.internal.ProbeFactory.Requests;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One of two sessions that write, read, and observe each other. Each has two keys of its own, a and b, and in each
 * cycle writes a, reads it, reads the other's b and then, on the same node, what the other wrote and read before it,
 * and writes its own b after that. Not thread-safe: a session does one thing at a time.
 */
public final class ProbeSession {
    /** What the two sessions of a pair know of each other's writes. */
    static final class Pair {
        final long firstKey;
        private final Map<Long, String> newestGtid = new ConcurrentHashMap<>();

        Pair(long firstKey) {
            this.firstKey = firstKey;
        }
    }

    private final Pair pair;
    private final Strategy strategy;
    private final long a;
    private final long b;
    private final long othersA;
    private final long othersB;
    private final NodePool primary;
    private final Function<Strategy, NodePool> nodes;
    private long versionOfA;
    private long versionOfB;
    private boolean broken;

    /**
     * @param number 0 or 1 within the pair
     * @param nodes chooses the node of a read, or of several in a row
     */
    ProbeSession(Pair pair, int number, Strategy strategy, NodePool primary, Function<Strategy, NodePool> nodes) {
        this.pair = pair;
        this.strategy = strategy;
        this.a = pair.firstKey + 2L * number;
        this.b = a + 1;
        this.othersA = pair.firstKey + 2L * (1 - number);
        this.othersB = othersA + 1;
        this.primary = primary;
        this.nodes = nodes;
    }

    void cycle(ProbeClient client, long process, Requests requests) {
        if (broken) {
            // A write whose outcome is not known has taken a version: the key cannot be written any more.
            return;
        }
        write(client, process, a, ++versionOfA, Write.Basis.NONE, requests);
        NodePool own = nodes.apply(strategy);
        read(client, own, process, a, requests);

        NodePool observed = nodes.apply(strategy);
        read(client, observed, process, othersB, requests);
        Read others = read(client, observed, process, othersA, requests);
        read(client, observed, process, a, requests);

        boolean seen = others.isTrustworthy() && others.answer().version() > 0;
        Write.Basis basis = seen ? new Write.Basis(othersA, others.answer().version()) : Write.Basis.NONE;
        write(client, process, b, ++versionOfB, basis, requests);
    }

    private void write(ProbeClient client, long process, long key, long version, Write.Basis basis, Requests requests) {
        Write write = client.write(primary, process, Probe.SESSION, key, version, basis, requests);
        if (!write.ending().isOk()) {
            broken = true;
        } else if (!write.gtid().isEmpty()) {
            pair.newestGtid.put(key, write.gtid());
        }
    }

    private Read read(ProbeClient client, NodePool node, long process, long key, Requests requests) {
        return client.read(node, process, Probe.SESSION, key, strategy, Read.After.NOTHING, gtids(node), requests);
    }

    /** What the session has written and may have seen: all that the pair has written so far. */
    private String gtids(NodePool node) {
        boolean waits = strategy == Strategy.GTID_WAIT && !node.node().equals(primary.node());
        return waits ? String.join(",", pair.newestGtid.values()) : "";
    }
}
