package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OwnServers(group = true)
class ExternalGroupSimulationIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Tag("nightly")
    @Test
    @DisplayName(
            "On a group that the run has not started, as a user with few privileges: levels are measured, the primary is killed by a"
                    + " command, the group elects another, nothing is lost, and what would harm it more is not run")
    void played(ReplicaSet group) throws Exception {
        try (Operator operator = FewPrivileges.operator(group, simulations, true)) {
            PlayedRun run = FewPrivileges.play(
                    simulations,
                    operator,
                    "experiments=group-consistency,quorum-loss,failover",
                    "group-consistency.duration=2s",
                    "group-consistency.delays=0ms",
                    "group-consistency.rounds=10",
                    "group-consistency.min-samples=10",
                    "failover.after=15s");

            run.assertValidUnlessSlow();
            JsonNode report = run.report();
            assertThat(report.at("/topology/kind").asText()).isEqualTo("external");
            assertThat(report.at("/groupConsistency/levels")).hasSize(5);
            JsonNode round = FewPrivileges.theRound(report);
            assertThat(report.at("/failover/modes/0/mode").asText()).isEqualTo("group");
            assertThat(round.at("/former").asText()).isEqualTo("node1");
            assertThat(round.at("/fencing").asText()).isEqualTo("dead");
            assertThat(round.at("/rtoMillis").asDouble()).isPositive();
            for (String phase : new String[] {"suspicion", "expulsion", "election", "firstWrite"}) {
                assertThat(round.at("/phases/" + phase + "Millis").asDouble())
                        .as(phase)
                        .isNotNegative();
            }
            assertThat(round.at("/returned")).hasSize(1).allMatch(node -> node.has("millis") && !node.has("problem"));
            assertThat(run.check("lost acknowledged writes: group")).startsWith("VALID");
            assertThat(run.check("group reads: AFTER")).startsWith("VALID");
            assertThat(reasonNotRun(report, "lost acknowledged writes: quorum loss"))
                    .startsWith("most of the group would be killed, and a group made anew; node1 (")
                    .endsWith("was not started by the framework");
            assertThat(reasonNotRun(report, "semi-sync fallback: after-sync"))
                    .isEqualTo("a group replicates as a group, whatever failover.modes says");
            FewPrivileges.assertDropped(group.nodes());
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "The main job on a group that the run has not started, whose primary has moved since the settings were written")
    void mainJob(ReplicaSet group) throws Exception {
        try (Operator operator = FewPrivileges.operator(group, simulations, true)) {
            List<String> settings = new ArrayList<>(operator.settings());
            Node next = group.replicas().get(0);
            Mysql.text(group.primary(), "SELECT group_replication_set_as_primary('" + next.serverUuid() + "')");
            settings.addAll(List.of(
                    "external.user=few",
                    "data.database=" + FewPrivileges.DATABASE,
                    "failover.before=2s",
                    "failover.after=15s"));
            PlayedRun run =
                    simulations.playAs(FewPrivileges.PASSWORD, FullSimulation.class, settings.toArray(String[]::new));

            run.assertValidUnlessSlow();
            assertThat(run.output())
                    .contains(" is a secondary of its group now: " + next.address() + " is the primary");
            assertThat(FewPrivileges.theRound(run.report()).at("/former").asText())
                    .isEqualTo("node2");
            FewPrivileges.assertDropped(group.nodes());
        }
    }

    @Test
    @DisplayName("Where nothing may be written, lag and tables of a group are looked at, and its levels are not played")
    void readOnly(ReplicaSet group) throws Exception {
        TestSql.execute(
                group.primary(),
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.orders VALUES (1), (2)");
        PlayedRun run = simulations.playOn(
                group,
                ConsistencySimulation.class,
                "experiments=consistency,group-consistency",
                "external.read-only=true",
                "external.compare-databases=shop",
                "consistency.duration=5s");

        run.assertValidUnlessSlow();
        assertThat(run.check("table checksums")).startsWith("VALID");
        assertThat(run.check("replication lag")).startsWith("VALID");
        assertThat(reasonNotRun(run.report(), "group reads: BEFORE"))
                .isEqualTo("it needs writes, and external.read-only = true");
    }

    private static String reasonNotRun(JsonNode report, String check) {
        return StreamSupport.stream(report.at("/notRun").spliterator(), false)
                .filter(notRun -> notRun.at("/name").asText().equals(check))
                .map(notRun -> notRun.at("/reason").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.at("/notRun").toString()));
    }
}
