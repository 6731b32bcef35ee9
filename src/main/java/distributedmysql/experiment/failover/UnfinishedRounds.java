package distributedmysql.experiment.failover;

import distributedmysql.config.ReplicationMode;
import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.replicator.Replicator;
import distributedmysql.topology.replicator.ServersNow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The rounds that did not come to their end: what was done, and how the servers are left, looked at when the killed server
 * has been started again, or could not be. Thread-safe.
 */
final class UnfinishedRounds {
    private final Replicator replicator;
    private final List<Failover.Unfinished> rounds = new CopyOnWriteArrayList<>();

    UnfinishedRounds(Replicator replicator) {
        this.replicator = replicator;
    }

    /** @throws TopologyException if the round fails; it is one of these then */
    void run(int number, FailoverRound round) {
        try {
            round.run();
        } catch (TopologyException e) {
            // When the run is ending, whoever ends it also waits for what the round leaves running.
            if (!Ending.hasBegun()) {
                add(number, false, round);
            }
            throw e;
        }
    }

    /** The run is ending: those that have not come to their end by now will not. Call it when they are closed. */
    void addInterrupted(List<FailoverRound> all) {
        for (int i = 0; i < all.size(); i++) {
            int number = i + 1;
            if (!all.get(i).hasSucceeded() && rounds.stream().noneMatch(round -> round.round() == number)) {
                add(number, true, all.get(i));
            }
        }
    }

    /** For a mode that has no figures; null if all of its rounds came to their end, or none was begun. */
    Failover unmeasured(ReplicationMode mode, String error, Instant start) {
        String reason = error.isEmpty() ? "the run was interrupted" : error;
        return rounds.isEmpty() ? null : Failover.unmeasured(mode.label(), reason, start, all());
    }

    private void add(int number, boolean interrupted, FailoverRound round) {
        ServersNow now = replicator.serversNow();
        rounds.add(new Failover.Unfinished(
                number,
                interrupted,
                round.former().name(),
                round.hooks().stream().map(UnfinishedRounds::hook).toList(),
                now.primary().map(Node::name).orElse(null),
                now.unknown().isEmpty() ? null : now.unknown(),
                now.stopped().stream().map(Node::name).toList(),
                now.next()));
    }

    List<Failover.Unfinished> all() {
        return List.copyOf(rounds);
    }

    private static RanHook hook(HookRun run) {
        Instant begun = run.begun().truncatedTo(ChronoUnit.MILLIS);
        return new RanHook(run.hook(), run.node(), begun, run.exitCode(), run.problem());
    }
}
