package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.external.Operator;
import io.gatling.javaapi.core.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs on servers that they have not started, watched by what the servers count. */
@OwnServers
class RateCapIT {
    private static final int MAX_RATE = 400;
    private static final String CAP = "external.max-rate=" + MAX_RATE;
    private static final String REASON = "limited by external.max-rate = " + MAX_RATE;
    /**
     * What administration adds in a second: making the database, looking whether the replicas have caught up and whether
     * counts stand still, and opening connections for that.
     */
    private static final int ADMINISTRATION = 100;

    private static ReplicaSet servers;

    @RegisterExtension
    final Simulations simulations = new Simulations();

    private record Watched(PlayedRun ended, long most) {}

    @BeforeAll
    static void start(ReplicaSet own) {
        servers = own;
    }

    @Tag("nightly")
    @Test
    void noSecondOfAnyExperimentHasMore() throws Exception {
        Watched watched = run(FullSimulation.class, CAP);

        JsonNode report = watched.ended.report();
        assertThat(watched.most)
                .as(watched.ended.output())
                .isLessThanOrEqualTo(MAX_RATE + ADMINISTRATION)
                .isGreaterThan(MAX_RATE / 2);
        // What is asked for at a rate fits, so all that is judged is judged as ever.
        watched.ended.assertValidUnlessSlow();
        List<String> limited = new ArrayList<>();
        report.at("/stages")
                .forEach(stage -> limited.add(
                        stage.has("limitedByCap") ? stage.at("/name").asText() : ""));
        assertThat(limited).contains("max throughput, 1 connection", "max throughput, 4 connections");
        assertThat(report.at("/performance/maxThroughput/qps").isNull()).isTrue();
        assertThat(report.at("/performance/maxThroughput/reason").asText()).startsWith(REASON);
        assertThat(report.at("/connections/limit").has("recommendedConnections"))
                .isFalse();
        assertThat(report.at("/connections/limit/reason").asText()).startsWith(REASON);
        assertThat(report.at("/connections/steps/1/limitedByCap/maxRate").asInt())
                .isEqualTo(MAX_RATE);
        assertThat(watched.ended.output())
                .contains("warning: max throughput, 4 connections: " + REASON)
                .contains("Maximum throughput of reads on the replicas: " + REASON)
                // The machine may have been busy besides.
                .containsPattern(
                        "Recommended connections for reads on node1 \\(the primary\\): not known.*\n  " + REASON);
    }

    /** Beside the load, an outage is watched: by probes, and by looks for a promotion. */
    @Test
    @Tag("nightly")
    @OwnServers
    void norOfAFailover(ReplicaSet mortal) throws Exception {
        try (Operator operator = new Operator(mortal, simulations.directory(), true)) {
            List<String> settings = new ArrayList<>(operator.settings());
            settings.add(operator.promoteSetting());
            settings.add(CAP);
            Watched watched = run(mortal, FailoverOnlySimulation.class, settings.toArray(String[]::new));

            assertThat(watched.ended.exitCode()).as(watched.ended.output()).isZero();
            assertThat(watched.most).isLessThanOrEqualTo(MAX_RATE + ADMINISTRATION);
        }
    }

    @Test
    @Tag("nightly")
    void norWithThePlugin() throws Exception {
        Watched watched = run(PerformanceSimulation.class, CAP, "load.engine=gatling-jdbc");

        assertThat(watched.most)
                .as(watched.ended.output())
                .isLessThanOrEqualTo(MAX_RATE + ADMINISTRATION)
                .isGreaterThan(MAX_RATE / 2);
        assertThat(watched.ended.output()).contains("Maximum throughput of reads on the replicas: " + REASON);
    }

    @Test
    @Tag("nightly")
    void theSameRunSendsMuchMoreWhereItMay() throws Exception {
        Watched watched = run(PerformanceSimulation.class, "external.max-rate=1000000");

        assertThat(watched.most).isGreaterThan(3 * (MAX_RATE + ADMINISTRATION));
        assertThat(watched.ended.report().at("/performance/maxThroughput/qps").asDouble())
                .isGreaterThan(MAX_RATE);
        assertThat(watched.ended.output()).doesNotContain("limited by");
    }

    private Watched run(Class<? extends Simulation> simulation, String... settings) throws Exception {
        return run(servers, simulation, settings);
    }

    private Watched run(ReplicaSet servers, Class<? extends Simulation> simulation, String... settings)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "connection.pool-size=10",
                "performance.jvm-warm-up=1s",
                "consistency.duration=3s",
                "consistency.read-after-write.rounds=5",
                "consistency.read-after-write.min-samples=1",
                "consistency.visibility.rounds=10",
                "consistency.sessions.cycles=5",
                "soak.rate=50",
                "soak.duration=2s",
                "soak.leaks.min-duration=1s",
                "connections.steps=4,8"));
        all.addAll(List.of(settings));
        try (QuestionsPerSecond questions = new QuestionsPerSecond(servers.nodes())) {
            PlayedRun ended = simulations.playOn(servers, simulation, all.toArray(String[]::new));
            long most = questions.most();
            System.out.println(simulation.getSimpleName() + " " + settings[0] + ": at most " + most + " per second");
            return new Watched(ended, most);
        }
    }
}
