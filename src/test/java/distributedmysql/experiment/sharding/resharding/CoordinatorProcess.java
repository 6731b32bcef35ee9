package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.topology.PassedShards;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A coordinator in a process of its own, which a test kills. Arguments: strategy, rows, pacing (rows of a chunk, rows per second, changes
 * left before the switch), and the point at which it stands still with all that it has open; without a point, it tells what it copies.
 */
final class CoordinatorProcess {
    /** What it says of each chunk. */
    static final String COPIED = "copied";

    private CoordinatorProcess() {}

    /** What it says when it has come to its point. */
    static String at(KilledAt point) {
        return "at " + point;
    }

    static String[] arguments(Strategy strategy, int rows, Pacing pacing, String point) {
        return List.of(strategy, rows, pacing.chunk(), pacing.rowsPerSecond(), pacing.switchBelow(), point).stream()
                .map(Object::toString)
                .toArray(String[]::new);
    }

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        Pacing pacing = new Pacing(
                Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        Change change = Change.of(
                PassedShards.received(),
                Rig.TABLE,
                Rig.settings(rows, Strategy.valueOf(arguments[0])),
                1,
                new Numbers(1, rows));
        Watch watch = arguments[5].isEmpty()
                ? new TellingWatch()
                : KilledAt.valueOf(arguments[5]).watch(new Watch() {}, CoordinatorProcess::standStill);
        try (Coordinator coordinator = new Coordinator(change, pacing, watch)) {
            coordinator.run();
        }
    }

    private static final class TellingWatch implements Watch {
        @Override
        public void copied(int source, int read, int moved) {
            System.out.println(COPIED + " " + moved + " of " + source);
        }
    }

    private static void standStill(KilledAt point) {
        System.out.println(at(point));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
