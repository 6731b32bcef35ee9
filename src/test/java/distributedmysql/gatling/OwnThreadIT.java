package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.HeldConnection;
import distributedmysql.mysql.Node;
import distributedmysql.report.Stage;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import io.gatling.app.Gatling$;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users with a thread and connections of their own, in a real Gatling run, when their server dies and comes back. */
@Timeout(180)
class OwnThreadIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    @Tag("nightly")
    @OwnServers
    void usersOutliveTheirServerAndLeaveNeitherThreadsNorConnectionsBehind(ReplicaSet replicaSet) throws Exception {
        try (ConnectionPools pools = new ConnectionPools(
                replicaSet,
                "information_schema",
                TestServers.connection(OwnThreadSimulation.USERS, Duration.ofSeconds(5)))) {
            Node replica = replicaSet.replicas().get(0);
            OwnThreadSimulation.connections = new ConnectionFeeder(replicaSet, pools);
            String[] arguments = {"-s", OwnThreadSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
            CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> Gatling$.MODULE$.fromArgs(arguments));
            try {
                await("reads", () -> succeeded() > 100);
                assertThat(ownThreads()).hasSize(OwnThreadSimulation.USERS);

                replica.control().orElseThrow().kill();
                await("errors", () -> errors() > 10);

                replica.control().orElseThrow().start(DEADLINE);
                long before = succeeded();
                await("reads of the restarted server", () -> succeeded() > before + 100);
            } finally {
                OwnThreadSimulation.over = true;
            }

            assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
            await("the users' threads to end", () -> ownThreads().isEmpty());
            assertEveryConnectionIsBack(pools, replica);
        }
    }

    private static void assertEveryConnectionIsBack(ConnectionPools pools, Node replica) throws SQLException {
        List<HeldConnection> all = new ArrayList<>();
        for (int i = 0; i < OwnThreadSimulation.USERS; i++) {
            all.add(pools.of(replica).take());
        }
        for (HeldConnection connection : all) {
            connection.close();
        }
    }

    private static long succeeded() {
        return OwnThreadSimulation.RECORDER
                .measured()
                .map(stage -> stage.all().latency().getTotalCount())
                .orElse(0L);
    }

    private static long errors() {
        return OwnThreadSimulation.RECORDER
                .measured()
                .map(stage -> stage.all().failed())
                .orElse(0L);
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(OwnThreadSimulation.SCENARIO + " user"))
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as(
                                "%s; last state: %s",
                                what, OwnThreadSimulation.RECORDER.measured().map(Stage::of))
                        .isTrue());
    }
}
