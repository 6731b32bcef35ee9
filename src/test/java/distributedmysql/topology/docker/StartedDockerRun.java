package distributedmysql.topology.docker;

import distributedmysql.config.ReplicationMode;
import distributedmysql.topology.Deployment;
import java.util.concurrent.CountDownLatch;

/** A JVM that starts containers and then waits to be ended. */
final class StartedDockerRun {
    static final String READY = "containers are ready";

    private StartedDockerRun() {}

    /** @param arguments how many shards of a primary and a replica */
    public static void main(String[] arguments) throws InterruptedException {
        Deployment deployment = TestDocker.shards(Integer.parseInt(arguments[0]), 1, ReplicationMode.ASYNC);
        System.out.println(READY);
        new CountDownLatch(1).await();
        deployment.close();
    }
}
