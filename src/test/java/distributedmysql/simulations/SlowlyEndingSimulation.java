package distributedmysql.simulations;

import distributedmysql.gatling.ClusterSimulation;
import java.util.concurrent.TimeUnit;

/**
 * What {@link NothingBeginsAfterInterruptIT} plays: the main job in a JVM that takes {@code test.end-seconds} to end once it is told to: whatever begins then has the time
 * to.
 */
public final class SlowlyEndingSimulation extends ClusterSimulation {
    public SlowlyEndingSimulation() {
        Runtime.getRuntime().addShutdownHook(new Thread(SlowlyEndingSimulation::linger, "slow end"));
        play(new PerformanceStages(run()), new ConsistencyStages(run()), new StabilityStages(run()));
    }

    private static void linger() {
        try {
            TimeUnit.SECONDS.sleep(Integer.getInteger("test.end-seconds", 6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
