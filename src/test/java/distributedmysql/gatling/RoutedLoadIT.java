package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.ServerCounts;
import distributedmysql.config.Settings;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.Stage;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import io.gatling.app.Gatling$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads of the open and the closed model in a real Gatling run, which ends only when every user has left. */
@Timeout(180)
class RoutedLoadIT {
    private static final int WANTED = RoutedLoadSimulation.RATE * RoutedLoadSimulation.SECONDS;

    @BeforeAll
    static void runSimulation() {
        Settings settings = TestServers.settings();
        ReplicaSet replicaSet = TestServers.shared();
        try (ConnectionPools pools = new ConnectionPools(replicaSet, "information_schema", settings.connection())) {
            RoutedLoadSimulation.connections = new ConnectionFeeder(replicaSet, pools);
            String[] arguments = {"-s", RoutedLoadSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
            assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
        }
    }

    @Test
    void evenArrivalsAreAllSentThoughEachUserStandsForSeveral() {
        assertThat(sent("even")).isEqualTo(WANTED);
        assertThat(stage("even").failed()).isZero();
    }

    @Test
    void randomArrivalsAreAsManyAsTheyShouldBeWithinFiveStandardDeviations() {
        double deviation = 5 * Math.sqrt(WANTED);
        assertThat((double) sent("random")).isBetween(WANTED - deviation, WANTED + deviation);
    }

    @Test
    void usersWithoutAnArrivalLeaveToo() {
        assertThat(sent("few")).isBetween(5L, 100L);
    }

    @Test
    void requestsThatFailEndTheirUserAsWell() {
        Stage failing = stage("failing");
        assertThat(failing.failed()).isEqualTo(failing.requests()).isGreaterThan(WANTED / 2);
    }

    @Test
    void ofSeveralRequestsEachIsSentOncePerArrival() {
        assertThat(sent("two requests")).isEqualTo(2L * WANTED);
    }

    @Test
    void usersOfAClosedLoadBeginTogether() {
        assertThat(RoutedLoadSimulation.fewest).hasValue(RoutedLoadSimulation.USERS);
        assertThat(stage("closed").failed()).isZero();
    }

    /** Also what arrived before the request that happened to be seen first, from which on a stage counts. */
    private static long sent(String name) {
        StageRecorder recorder = RoutedLoadSimulation.recorded.get(name);
        return TestServers.shared().nodes().stream()
                .flatMap(node -> recorder.executions(node, text -> text).stream())
                .mapToLong(ServerCounts.Client::certain)
                .sum();
    }

    private static Stage stage(String name) {
        return RoutedLoadSimulation.recorded.get(name).measured().map(Stage::of).orElseThrow();
    }
}
