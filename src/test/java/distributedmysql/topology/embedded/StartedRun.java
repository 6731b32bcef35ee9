package distributedmysql.topology.embedded;

import distributedmysql.config.Settings;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.TestCluster;
import java.io.IOException;

/** A run in a JVM of its own, for tests that end the JVM: starts the servers, says so, and waits to be ended. */
final class StartedRun {
    private StartedRun() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = TestCluster.settings();
        Cluster cluster =
                new EmbeddedTopology(settings.embedded(), settings.data().database(), System.out::println).start();
        StringBuilder ready = new StringBuilder("ready");
        cluster.nodes()
                .forEach(node -> ready.append(' ')
                        .append(node.control().orElseThrow().pid().orElseThrow()));
        System.out.println(ready);
        // Until the test ends this JVM, or is ended itself.
        System.in.read();
    }
}
