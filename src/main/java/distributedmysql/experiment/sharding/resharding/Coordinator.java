package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Ending;
import java.sql.SQLException;
import java.util.List;

/**
 * Adds a shard, from wherever an earlier coordinator has come to. When it throws, nothing is undone: another one can go on, or roll back.
 * Used once, by one thread.
 */
final class Coordinator implements AutoCloseable {
    private final Change change;
    private final Pacing pacing;
    private final Watch watch;
    private final ReshardingState state;
    private final Movers movers;
    private Mysql guard;

    /** @param watch may be told by several threads */
    Coordinator(Change change, Pacing pacing, Watch watch) {
        this.change = change;
        this.pacing = pacing;
        this.watch = watch;
        this.state = new ReshardingState(change.table());
        this.movers = new Movers(change);
    }

    private interface Work<T> {
        T with(Mysql session) throws SQLException;
    }

    /** In the session that holds the coordinator's lock, and ends with it. */
    private <T> T guarded(String what, Work<T> work) {
        Node node = change.primary(change.newShard());
        try {
            if (guard == null) {
                guard = Mysql.open(node);
                state.lock(guard, "coordinator");
            }
            return work.with(guard);
        } catch (SQLException e) {
            throw Mysql.failure(node, what, e);
        }
    }

    /** How far it has come, whoever did it. */
    Phase phase() {
        return guarded("read the phase of the resharding", state::phase).orElse(Phase.CAPTURE);
    }

    /** Returns when it is done, or, if it was being rolled back, when it is rolled back. @throws TopologyException if it cannot be done now */
    void run() {
        Phase phase = phase();
        if (phase.isDecided()) {
            watch.decided();
            change.publish();
        }
        if (phase == Phase.ROLLED_BACK) {
            phase = Phase.CAPTURE;
        }
        while (phase != Phase.DONE && phase != Phase.ROLLED_BACK) {
            Ending.refuse("resharding: " + phase.label());
            enter(phase);
            make(phase);
            phase = phase.next();
        }
        enter(phase);
    }

    private void enter(Phase phase) {
        guarded("note the phase " + phase.label(), session -> {
            state.set(session, phase);
            return phase;
        });
        if (phase == Phase.CLEAN) {
            watch.decided();
            change.publish();
        }
        watch.began(phase);
    }

    private void make(Phase phase) {
        switch (phase) {
            case CAPTURE -> capture();
            case COPY -> movers.each("copy", mover -> new Copy(mover, pacing, watch).run());
            case CATCH_UP ->
                movers.each("catch up", mover -> {
                    while (mover.mover().catchUp() > pacing.switchBelow()) {
                        Ending.refuse("catching up");
                    }
                });
            case SWITCH -> fence();
            case CLEAN -> clean(change.after(), change.after().shards());
            case RELEASE -> each(change.sources(), "drop the capture", change.capture()::stop);
            case ROLL_BACK -> undo();
            case DONE, ROLLED_BACK -> throw new IllegalStateException(phase.label());
        }
    }

    private void capture() {
        guarded("forget earlier copies", session -> {
            state.forgetCopies(session);
            return null;
        });
        // Nobody writes there yet.
        each(
                List.of(change.newShard()),
                "raise the version of the shard map",
                session -> change.fence().raise(session, change.after().version()));
        each(change.sources(), "capture changes", change.capture()::start);
    }

    private void fence() {
        movers.each("refuse writes by the old map", mover -> {
            mover.mover().raise(change.after().version());
            watch.raised(mover.source());
        });
        watch.fenced();
        movers.each("catch up", mover -> mover.mover().catchUpWithAll());
    }

    private interface OnShard {
        void with(Mysql session) throws SQLException;
    }

    private void each(List<Integer> shards, String what, OnShard work) {
        movers.inParallel(what, shards, shard -> Mysql.run(change.primary(shard), what, work::with));
    }

    private void clean(ShardMap map, int shards) {
        movers.ofAll("clean", shards, mover -> {
            long after = 0;
            Mover.Copied cleaned;
            do {
                Ending.refuse("deleting moved rows");
                cleaned = mover.mover().clean(map, after, pacing.chunk());
                after = cleaned.upTo();
                watch.deleted(mover.source(), cleaned.moved());
            } while (cleaned.read() == pacing.chunk());
        });
    }

    /** Lets the old map hold again, and leaves nothing behind. @throws TopologyException if the new one holds already */
    void rollBack() {
        Phase phase = phase();
        if (phase.isDecided()) {
            throw new TopologyException(
                    "the resharding cannot be rolled back any more, because the new map holds (phase " + phase.label()
                            + "): a coordinator must finish it");
        }
        enter(Phase.ROLL_BACK);
        undo();
        enter(Phase.ROLLED_BACK);
    }

    private void undo() {
        movers.ofAll(
                "let the old map hold again",
                change.after().shards(),
                mover -> mover.mover().raise(change.before().version()));
        each(change.sources(), "drop the capture", change.capture()::stop);
        clean(change.before(), change.after().shards());
    }

    @Override
    public void close() {
        movers.close();
        if (guard != null) {
            guard.close();
        }
    }
}
