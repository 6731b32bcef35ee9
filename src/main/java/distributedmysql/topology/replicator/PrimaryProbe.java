package distributedmysql.topology.replicator;

import distributedmysql.config.Plural;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Channels;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the primary whether it lives, and the replicas whether they still have it. Used by one thread. */
final class PrimaryProbe {
    private final ReplicaSet replicaSet;
    private final FailoverOptions options;
    private final RunClock clock;
    private String lastFailure = "";
    private String executed = "";
    private int failures;
    private long firstFailure;

    PrimaryProbe(ReplicaSet replicaSet, FailoverOptions options, RunClock clock) {
        this.replicaSet = replicaSet;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Probes the primary until it is dead: a number of probes in a row failed, and no replica is connected to it any
     * more. Neither alone suffices: clients may be cut off from a primary that is well, and replicas too.
     *
     * @param kill is asked before each probe; what it throws ends the wait
     * @throws TopologyException if it is not dead when the deadline passes; the message says what still speaks for it
     */
    Detection awaitDeath(Duration deadline, Supplier<Optional<Long>> kill) {
        failures = 0;
        List<String> evidence = new ArrayList<>();
        Await.of(replicaSet.primary() + ": its death", deadline)
                .every(options.probeInterval())
                .whileRunGoesOn()
                .untilNo(() -> {
                    // It throws if the kill has failed.
                    Optional<Long> unused = kill.get();
                    evidence.clear();
                    return isDead(evidence) ? Optional.empty() : Optional.of(String.join("; ", evidence));
                });
        return new Detection(firstFailure, clock.micros(), true, String.join("; ", evidence));
    }

    private boolean isDead(List<String> evidence) {
        long sent = clock.micros();
        if (isAnswered()) {
            failures = 0;
            evidence.add("it answers");
        } else {
            firstFailure = failures == 0 ? sent : firstFailure;
            failures++;
            evidence.add(Plural.of(failures, "probe") + " failed in a row, the last with " + lastFailure);
        }
        return failures >= options.failuresUntilDead() && isLostByReplicas(evidence);
    }

    /** An error that the server itself reports, such as 1040 (too many connections), is a sign of life. */
    boolean isAnswered() {
        try (Mysql session = Mysql.open(replicaSet.primary(), options.probeTimeout())) {
            executed = GtidSets.executed(session);
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
        for (Node replica : replicaSet.replicas()) {
            try {
                // Of several channels, the one from the primary; a replica that has none has been given another source.
                boolean io = Channels.from(replicaSet.primary(), Replication.channels(replica))
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
