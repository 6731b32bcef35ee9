package distributedmysql.topology.embedded;

import distributedmysql.config.Settings;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.TestServers;
import java.io.IOException;

/** A run in a JVM of its own, for tests that end the JVM: starts the servers, says so, and waits to be ended. */
final class StartedRun {
    private StartedRun() {}

    public static void main(String[] arguments) throws IOException {
        Settings settings = TestServers.settings();
        Deployment deployment =
                new EmbeddedTopology(settings.embedded(), settings.data().database(), System.out::println).start();
        StringBuilder ready = new StringBuilder("ready");
        deployment
                .nodes()
                .forEach(node -> ready.append(' ')
                        .append(node.control().orElseThrow().pid().orElseThrow()));
        System.out.println(ready);
        // Until the test ends this JVM, or is ended itself.
        System.in.read();
    }
}
