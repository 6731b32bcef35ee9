package distributedmysql.experiment.consistency;

import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.NodePool;
import distributedmysql.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of two sessions that write, read, and observe each other. Each has two keys of its own, a and b, and in each
 * cycle writes a, reads it, reads the other's b and then, on the same node, what the other wrote and read before it,
 * and writes its own b after that. Not thread-safe: a session does one thing at a time.
 */
public final class ProbeSession {
    /** What the two sessions of a pair know of each other's writes. Thread-safe. */
    static final class Pair {
        private record Acknowledged(long version, String gtid) {}

        private final long firstKey;
        private final Duration timeout;
        private final Map<Long, Acknowledged> newest = new HashMap<>();

        /** @param timeout of {@link #knows} */
        Pair(long firstKey, Duration timeout) {
            this.firstKey = firstKey;
            this.timeout = timeout;
        }

        synchronized void acknowledged(Write write) {
            newest.put(write.call().key(), new Acknowledged(write.version(), write.gtid()));
            notifyAll();
        }

        /**
         * Waits until the GTID of a version that was read, or of a later one, is known: a replica may show a write
         * before its writer has the acknowledgement.
         *
         * @return false if it was not known within the timeout
         */
        synchronized boolean knows(long key, long version) {
            Deadline deadline = Deadline.after(timeout);
            while (!newest.containsKey(key) || newest.get(key).version() < version) {
                long left = deadline.left().toMillis();
                if (left == 0) {
                    return false;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }

        /** Of the newest write of each key. */
        synchronized String gtids() {
            return newest.values().stream().map(Acknowledged::gtid).collect(Collectors.joining(","));
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
    // A write of its own was not acknowledged, or it cannot know any more what to wait for: it does nothing further.
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
        write(client, process, a, ++versionOfA, Write.Basis.NONE, requests);
        NodePool own = nodes.apply(strategy);
        read(client, own, process, a, requests);

        NodePool observed = nodes.apply(strategy);
        read(client, observed, process, othersB, requests);
        Optional<Read> others = read(client, observed, process, othersA, requests);
        read(client, observed, process, a, requests);

        Write.Basis basis = others.filter(ProbeSession::showsAWrite)
                .map(read -> new Write.Basis(othersA, read.answer().version()))
                .orElse(Write.Basis.NONE);
        write(client, process, b, ++versionOfB, basis, requests);
    }

    private void write(ProbeClient client, long process, long key, long version, Write.Basis basis, Requests requests) {
        if (broken) {
            return;
        }
        Write write = client.write(primary, process, Probe.SESSION, key, version, basis, requests);
        broken = !write.ending().isOk()
                || (strategy == Strategy.GTID_WAIT && write.gtid().isEmpty());
        if (!broken) {
            pair.acknowledged(write);
        }
    }

    private Optional<Read> read(ProbeClient client, NodePool node, long process, long key, Requests requests) {
        if (broken) {
            return Optional.empty();
        }
        // What the session has written and may have seen: all that the pair has written so far.
        Read read =
                client.read(node, process, Probe.SESSION, key, strategy, Read.After.NOTHING, pair.gtids(), requests);
        broken = strategy == Strategy.GTID_WAIT
                && showsAWrite(read)
                && !pair.knows(key, read.answer().version());
        return Optional.of(read);
    }

    private static boolean showsAWrite(Read read) {
        return read.isTrustworthy() && read.answer().version() > 0;
    }
}
