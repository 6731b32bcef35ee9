package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ours: a coordinator, and another one in its place as often as one fails, because a server was killed or for any other reason. If none
 * comes to the end before the deadline, or a primary has ended that nobody starts again, and the new map does not hold yet, the last one
 * rolls back.
 */
record OwnResharder(Pacing pacing, Duration deadline, Consumer<String> say) implements Resharder {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    @Override
    public void reshard(Change change, Progress progress) {
        try {
            Await.of("the resharding to be done", deadline)
                    .every(BETWEEN)
                    .whileRunGoesOn()
                    .untilNo(() -> tried(change, progress));
        } catch (TopologyException e) {
            if (Ending.hasBegun()) {
                throw e;
            }
            throw new TopologyException(e.getMessage() + "; " + rolledBack(change, progress));
        }
    }

    private Optional<String> tried(Change change, Progress progress) {
        try (Coordinator coordinator = new Coordinator(change, pacing, progress)) {
            coordinator.run();
            return Optional.empty();
        } catch (TopologyException e) {
            if (!Ending.hasBegun() && !e.getMessage().equals(progress.lastFailure())) {
                say.accept("resharding: another coordinator goes on, because " + e.getMessage());
            }
            progress.failed(e.getMessage());
            change.shards().all().forEach(set -> set.primary().requireNotEnded());
            return Optional.of(e.getMessage());
        }
    }

    private String rolledBack(Change change, Progress progress) {
        try (Coordinator coordinator = new Coordinator(change, pacing, progress)) {
            coordinator.rollBack();
            return "it was rolled back";
        } catch (TopologyException e) {
            return "it was not rolled back: " + e.getMessage();
        }
    }
}
