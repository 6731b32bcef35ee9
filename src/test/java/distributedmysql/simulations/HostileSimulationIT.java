package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Node;
import distributedmysql.topology.HostileDefaults;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A whole run on servers whose global defaults are all hostile at once, by a user with the fewest privileges. */
@Tag("nightly")
class HostileSimulationIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PASSWORD = "few-privileges-3c7a";

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @OwnServers
    void healthyServersPassEveryCheckWhateverTheirDefaults(ReplicaSet servers) throws Exception {
        try (Operator operator = new Operator(servers, simulations.directory(), true)) {
            TestSql.execute(
                    servers.primary(),
                    "CREATE USER few IDENTIFIED BY '" + PASSWORD + "'",
                    "GRANT REPLICATION CLIENT ON *.* TO few",
                    "GRANT SELECT ON performance_schema.* TO few",
                    "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `hostile`.* TO few");
            Replication.awaitConvergence(servers, DEADLINE);
            // Read-only transactions are for sessions only: a server that starts so cannot start its replication.
            for (HostileDefaults each : EnumSet.complementOf(EnumSet.of(HostileDefaults.UNCOMMITTED_READ_ONLY))) {
                each.set(servers);
            }

            PlayedRun ended = run(operator);

            JsonNode report = ended.report();
            List<String> failed = new ArrayList<>();
            report.at("/checks").forEach(check -> {
                if (!check.get("verdict").asText().equals("VALID")) {
                    failed.add(check.toString());
                }
            });
            // How fast this machine is at the moment is no matter of this test, nor a write that was under way at the
            // kill.
            JsonNode round = report.at("/failover/modes/0/rounds/0");
            boolean diverged = !round.at("/returned/0/extraGtids").asText().isEmpty();
            failed.removeIf(check -> check.contains("target rate")
                    || check.contains("server silence")
                    || diverged && check.contains("ledger on every node"));
            assertThat(failed).as(ended.output()).isEmpty();
            assertThat(ended.verdicts()).containsKeys("lost writes", "table checksums", "ledger on every node: async");
            assertThat(round.at("/promoted").asText()).isEqualTo("node2");
            for (Node node : servers.nodes()) {
                assertThat(TestSql.query(
                                node, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'hostile'"))
                        .isEqualTo("0");
            }
        }
    }

    private PlayedRun run(Operator operator) throws Exception {
        List<String> settings = new ArrayList<>(operator.settings());
        settings.addAll(Set.of(
                operator.promoteSetting(),
                "external.user=few",
                "data.database=hostile",
                "connection.pool-size=50",
                "performance.jvm-warm-up=0s",
                "performance.max-throughput.concurrency=2",
                "consistency.duration=2s",
                "consistency.load-rate=20",
                "consistency.read-after-write.delays=0ms,5ms",
                "consistency.read-after-write.rounds=22",
                "consistency.visibility.rounds=20",
                "consistency.sessions.cycles=5",
                "soak.duration=3s",
                "soak.leaks.min-duration=1s",
                "connections.steps=2",
                "failover.after=4s"));
        return simulations.playAs(PASSWORD, FullSimulation.class, settings.toArray(String[]::new));
    }
}
