package distributedmysql.experiment.sharding.transfers;

import java.util.List;

/** Evenly, in turn at each point, and exactly as often as planned. Thread-safe. */
final class PlannedKills implements Kills {
    private final TransferPlan plan;
    private final List<KillPoint> points;
    private int done;

    PlannedKills(TransferPlan plan, Way way) {
        this.plan = plan;
        this.points = way.killPoints();
    }

    /** It counts as done then. */
    @Override
    public synchronized boolean due(Transfer transfer, KillPoint point) {
        boolean due = left() && points.get(done % points.size()) == point && transfer.number() >= plan.killedFrom(done);
        if (due) {
            done++;
        }
        return due;
    }

    synchronized boolean left() {
        return done < plan.kills();
    }
}
