package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is left, and said, where a failover of servers that the run has not started does not come to its end. */
@Tag("nightly")
class UnfinishedExternalFailoverIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @DisplayName(
            "Ctrl-C while the command that promotes runs: it comes to its end, or to its deadline, then start is run")
    @OwnServers
    void interruptedPromotion(ReplicaSet servers) throws Exception {
        Path begun = simulations.directory().resolve("begun");
        String hangs = "sleep 29371";
        try (Operator operator = FewPrivileges.operator(servers, simulations, false);
                SimulationProcess process = FewPrivileges.start(
                        simulations,
                        operator,
                        "external.hooks.promote=touch " + begun + "; " + hangs + "; true",
                        "failover.deadline=10s")) {
            FewPrivileges.await(() -> Files.exists(begun), "the command that promotes has not begun");
            assertThat(servers.primary().control().orElseThrow().isAlive()).isFalse();
            process.interrupt();
            PlayedRun ended = process.end();

            assertThat(servers.primary().control().orElseThrow().isAlive())
                    .as(ended.output())
                    .isTrue();
            JsonNode report = ended.report();
            assertThat(report.at("/run/completed").asBoolean()).isFalse();
            assertThat(report.at("/failover/faults/0/healed").asText()).isNotEmpty();
            JsonNode round = report.at("/failover/modes/0/unfinished/0");
            assertThat(hooks(round))
                    .containsExactly(
                            "external.hooks.kill 0",
                            "external.hooks.promote did not end within 10 s",
                            "external.hooks.start 0");
            assertThat(round.at("/interrupted").asBoolean()).isTrue();
            assertThat(round.at("/primary").asText()).as(round.toString()).isEqualTo("node1");
            assertThat(round.at("/stopped")).isEmpty();
            assertThat(ended.output()).contains("  primary now: node1, as before; stopped: none\n  next: ");
            assertThat(ProcessHandle.allProcesses()
                            .map(any -> any.info().commandLine().orElse("")))
                    .noneMatch(line -> line.contains(hangs));
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    @Test
    @DisplayName(
            "Ctrl-C in a terminal, to all processes of the group: a start that runs ends well, and no database is left")
    @OwnServers
    void interruptedStart(ReplicaSet servers) throws Exception {
        Path begun = simulations.directory().resolve("started");
        try (Operator operator = FewPrivileges.operator(servers, simulations, false)) {
            String start = operator.settings().stream()
                    .filter(setting -> setting.startsWith("external.hooks.start="))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst("=", "=touch " + begun + "; sleep 3; ");
            try (SimulationProcess process =
                    FewPrivileges.startInGroup(simulations, operator, operator.promoteSetting(), start)) {
                FewPrivileges.await(() -> Files.exists(begun), "the command that starts has not begun");
                process.interruptGroup();
                PlayedRun ended = process.end();

                JsonNode round = ended.report().at("/failover/modes/0/unfinished/0");
                assertThat(hooks(round))
                        .as(ended.output())
                        .containsExactly("external.hooks.kill 0", "external.hooks.promote 0", "external.hooks.start 0");
                assertThat(round.at("/primary").asText()).isEqualTo("node2");
                // The operator's start leaves that to somebody else.
                assertThat(round.at("/next").asText()).startsWith("let node1 (").contains("replicate from node2 (");
                assertThat(ended.output()).contains("  primary now: node2; stopped: none");
                assertPastedRemoves(ended.output(), servers);
            }
        }
    }

    @Test
    @DisplayName("A primary that cannot be started again: what is left, where, and the statement that removes it")
    @OwnServers
    void leftDatabase(ReplicaSet servers) throws Exception {
        try (Operator operator = FewPrivileges.operator(servers, simulations, false)) {
            PlayedRun ended = FewPrivileges.play(
                    simulations, operator, "external.hooks.promote=exit 7", "external.hooks.start=exit 8");

            JsonNode round = ended.report().at("/failover/modes/0/unfinished/0");
            assertThat(round.at("/interrupted").asBoolean()).isFalse();
            assertThat(hooks(round))
                    .containsExactly("external.hooks.kill 0", "external.hooks.promote 7", "external.hooks.start 8");
            assertThat(round.has("primary")).isFalse();
            assertThat(round.at("/primaryUnknown").asText()).contains("node1 (", "node2 (", "is read-only");
            assertThat(round.at("/stopped/0").asText()).isEqualTo("node1");
            assertThat(round.at("/next").asText()).contains("start node1 (", "promote one");
            String left = line(ended.output(), "is left on node1");
            servers.primary().control().orElseThrow().start(FewPrivileges.DEADLINE);
            Replication.setReadOnly(servers.primary(), false);
            TestSql.execute(servers.primary(), left.substring(left.indexOf("DROP DATABASE")));
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    /** Of a former primary that follows nobody; the new one has dropped it. */
    private static void assertPastedRemoves(String output, ReplicaSet servers) throws Exception {
        Node former = servers.nodes().get(0);
        String left = line(output, "is left on node1");
        assertThat(output).contains("external: dropped the database " + FewPrivileges.DATABASE);
        assertThat(FewPrivileges.databases(former)).isEqualTo("1");
        String before = GtidSets.executed(former);
        String pasted = left.substring(left.indexOf("past the binary log: ") + "past the binary log: ".length());
        TestSql.execute(former, pasted.split("(?<=;) "));
        FewPrivileges.assertDropped(servers.nodes());
        assertThat(GtidSets.executed(former)).isEqualTo(before);
    }

    private static String line(String output, String with) {
        return output.lines()
                .filter(line -> line.contains(with))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + with + " in\n" + output));
    }

    /** Each with its exit code, or why there is none. */
    private static List<String> hooks(JsonNode round) {
        List<String> hooks = new ArrayList<>();
        round.at("/hooks")
                .forEach(run -> hooks.add(run.at("/hook").asText() + " "
                        + run.at("/exitCode").asText(run.at("/problem").asText())));
        return hooks;
    }
}
