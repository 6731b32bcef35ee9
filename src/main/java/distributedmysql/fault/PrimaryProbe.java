package distributedmysql.fault;

import distributedmysql.config.Plural;
import distributedmysql.history.RunClock;
import distributedmysql.topology.Await;
import distributedmysql.topology.Channels;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.ReplicaStatus;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TopologyException;
import distributedmysql.topology.Wait;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the primary whether it lives, and the replicas whether they still have it. Used by one thread. */
final class PrimaryProbe {
    private final Cluster cluster;
    private final FailoverOptions options;
    private final RunClock clock;
    private final long timeoutMillis;
    private String lastFailure = "";
    private String executed = "";

    PrimaryProbe(Cluster cluster, FailoverOptions options, RunClock clock) {
        this.cluster = cluster;
        this.options = options;
        this.clock = clock;
        this.timeoutMillis = options.probeTimeout().toMillis();
    }

    /**
     * Probes the primary until it is dead: a number of probes in a row failed, and no replica is connected to it any
     * more. Neither alone suffices: clients may be cut off from a primary that is well, and replicas too.
     *
     * @param kill is asked before each probe; what it throws ends the wait
     * @throws TopologyException if it is not dead when the deadline passes; the message says what still speaks for it
     */
    Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill) {
        try (Wait wait = Wait.atMost(cluster.primary() + ": its death", deadline)) {
            return awaitDeath(deadline, kill, wait);
        }
    }

    private Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill, Wait wait) {
        long start = System.nanoTime();
        long firstFailure = 0;
        int failures = 0;
        List<String> evidence = new ArrayList<>();
        while (true) {
            // It throws if the kill has failed.
            Optional<Long> unused = kill.get();
            long sent = clock.micros();
            evidence.clear();
            if (isAnswered()) {
                failures = 0;
                evidence.add("it answers");
            } else {
                firstFailure = failures == 0 ? sent : firstFailure;
                failures++;
                evidence.add(Plural.of(failures, "probe") + " failed in a row, the last with " + lastFailure);
            }
            if (failures >= options.failuresUntilDead() && isLostByReplicas(evidence)) {
                return new Detection(firstFailure, clock.micros(), true, String.join("; ", evidence));
            }
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new TopologyException(cluster.primary() + ": not dead after " + deadline.toMillis() + " ms: "
                        + String.join("; ", evidence));
            }
            wait.state(String.join("; ", evidence));
            Await.pause(options.probeInterval(), "the death of " + cluster.primary());
        }
    }

    /** An error that the server itself reports, such as 1040 (too many connections), is a sign of life. */
    boolean isAnswered() {
        try (Connection connection = ServerSql.connect(cluster.primary(), timeoutMillis)) {
            executed = ServerSql.texts(connection, "SELECT @@global.gtid_executed")
                    .get(0)
                    .replace("\n", "");
            return true;
        } catch (SQLException e) {
            lastFailure = TopologyException.reason(e);
            return e.getErrorCode() > 0;
        }
    }

    /** What the primary had executed when it last answered a probe. */
    String lastExecuted() {
        return executed;
    }

    /**
     * Whether there is a replica to ask, and none that answers is connected to its source.
     *
     * @param evidence takes what each says
     */
    private boolean isLostByReplicas(List<String> evidence) {
        List<Boolean> connected = new ArrayList<>();
        for (Node replica : cluster.replicas()) {
            try {
                // Of several channels, the one from the primary; a replica that has none has been given another source.
                boolean io = Channels.from(cluster.primary(), Replication.channels(replica))
                        .map(ReplicaStatus::ioRunning)
                        .orElse(false);
                connected.add(io);
                evidence.add(replica.name() + (io ? " is still connected to it" : " has lost it"));
            } catch (TopologyException e) {
                evidence.add(replica.name() + " does not answer");
            }
        }
        return !connected.isEmpty() && !connected.contains(true);
    }
}
