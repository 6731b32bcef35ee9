package distributedmysql.simulations;

import static distributedmysql.experiment.Experiments.CONNECTIONS;
import static distributedmysql.experiment.Experiments.CONSISTENCY;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.PERFORMANCE;
import static distributedmysql.experiment.Experiments.SOAK;

import distributedmysql.run.ClusterSimulation;
import java.util.concurrent.TimeUnit;

/**
 * What {@link NothingBeginsAfterInterruptIT} plays: the main job in a JVM that takes {@code test.end-seconds} to end once it is told to: whatever begins then has the time
 * to.
 */
public final class SlowlyEndingSimulation extends ClusterSimulation {
    public SlowlyEndingSimulation() {
        super(PERFORMANCE, CONSISTENCY, SOAK, CONNECTIONS, FAILOVER);
        Runtime.getRuntime().addShutdownHook(new Thread(SlowlyEndingSimulation::linger, "slow end"));
        play();
    }

    private static void linger() {
        try {
            TimeUnit.SECONDS.sleep(Integer.getInteger("test.end-seconds", 6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
