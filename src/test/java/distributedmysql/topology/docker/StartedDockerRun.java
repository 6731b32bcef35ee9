package distributedmysql.topology.docker;

import distributedmysql.topology.Deployment;
import java.util.concurrent.CountDownLatch;

/** A JVM that starts containers and then waits to be ended. */
final class StartedDockerRun {
    static final String READY = "containers are ready";

    private StartedDockerRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        Deployment deployment = TestDocker.start(1);
        System.out.println(READY);
        new CountDownLatch(1).await();
        deployment.close();
    }
}
