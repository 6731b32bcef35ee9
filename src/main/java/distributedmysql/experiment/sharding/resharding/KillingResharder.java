package distributedmysql.experiment.sharding.resharding;

import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Nemesis;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.List;

/**
 * A resharding in which somebody is killed as soon as the first rows are copied. A server is started again after a second.
 *
 * @param own what goes on, or begins anew
 */
record KillingResharder(Resharder own, Kill kill, Pacing pacing, EventLog events, Duration deadline)
        implements Resharder {
    private static final Duration DEAD = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(2);

    @Override
    public void reshard(Change change, Progress progress) {
        switch (kill) {
            case NONE -> own.reshard(change, progress);
            case COORDINATOR -> {
                killCoordinator(change, progress);
                own.reshard(change, progress);
            }
            case SOURCE -> killServer(change, 0, progress);
            case TARGET -> killServer(change, change.newShard(), progress);
        }
    }

    private void killCoordinator(Change change, Progress progress) {
        try (Coordinator first = new Coordinator(change, pacing, new KilledWatch(progress))) {
            first.run();
        } catch (TopologyException e) {
            progress.failed(e.getMessage());
        }
    }

    private void killServer(Change change, int shard, Progress progress) {
        ReplicaSet set = change.shards().all().get(shard);
        KillAndRestart fault = new KillAndRestart(set, set.primary());
        try (Nemesis nemesis = new Nemesis(events, List.of(new Nemesis.Planned(Duration.ZERO, fault, DEAD)))) {
            Thread killer = new Thread(() -> when(progress, nemesis), "waits for the first row that moves");
            killer.setDaemon(true);
            killer.start();
            own.reshard(change, progress);
        }
    }

    private void when(Progress progress, Nemesis nemesis) {
        boolean come =
                Await.of("the first row that moves", deadline).every(BETWEEN).reached(() -> progress.moved() > 0);
        if (come) {
            progress.killed(kill);
            nemesis.start();
        }
    }

    /** Measures as ever, and ends the coordinator after its first rows. */
    private record KilledWatch(Progress own) implements Watch {
        @Override
        public void began(Phase phase) {
            own.began(phase);
        }

        @Override
        public void copied(int source, int read, int moved) {
            own.copied(source, read, moved);
            own.killed(Kill.COORDINATOR);
            throw new TopologyException("it was killed on purpose");
        }
    }
}
