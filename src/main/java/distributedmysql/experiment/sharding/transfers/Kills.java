package distributedmysql.experiment.sharding.transfers;

import java.util.List;

/** Says when a client is killed: evenly, in turn at each point, and exactly as often as planned. Thread-safe. */
final class Kills {
    private final TransferPlan plan;
    private final List<KillPoint> points;
    private int done;

    Kills(TransferPlan plan, Way way) {
        this.plan = plan;
        this.points = way.killPoints();
    }

    /** Whether the client that has come to this point in its transfer is killed there; it counts as done then. */
    synchronized boolean due(Transfer transfer, KillPoint point) {
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
