package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.config.ReplicationMode;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import distributedmysql.topology.replicator.SemiSync;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whole runs in which a primary that the run has not started is killed, by a user who may change neither replication nor
 * a variable.
 */
class ExternalFailoverIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Tag("nightly")
    @Test
    @OwnServers(replicas = 2)
    void aReplicaThatTheUsersCommandPromotesIsFollowedAndNothingIsLost(ReplicaSet servers) throws Exception {
        try (Operator operator = FewPrivileges.operator(servers, simulations, true)) {
            SemiSync.enable(servers, ReplicationMode.AFTER_COMMIT, Duration.ofMinutes(1), FewPrivileges.DEADLINE);
            PlayedRun ended = FewPrivileges.play(simulations, operator, operator.promoteSetting());

            JsonNode report = ended.report();
            assertNothingLost(ended, "after-commit", "semi-sync fallback");
            JsonNode round = FewPrivileges.theRound(report);
            assertThat(round.at("/former").asText()).isEqualTo("node1");
            assertThat(round.at("/promoted").asText()).isIn("node2", "node3");
            assertThat(round.at("/detectMillis").asDouble()).isPositive();
            assertThat(round.at("/promoteMillis").asDouble()).isPositive();
            assertThat(round.at("/rtoMillis").asDouble()).isPositive();
            assertThat(round.at("/readRtoMillis").asDouble()).isPositive();
            assertThat(round.at("/returned")).hasSize(2);
            String other = round.at("/promoted").asText().equals("node2") ? "node3" : "node2";
            assertThat(List.of(returned(report, other))).allMatch(node -> node.has("millis") && !node.has("problem"));
            assertThat(report.at("/failover/faults/0/description").asText()).startsWith("external.hooks.kill for");
            assertThat(texts(report, "fault"))
                    .contains(
                            "external.hooks.kill: begins",
                            "external.hooks.kill: ended with exit code 0",
                            "external.hooks.promote: ended with exit code 0",
                            "external.hooks.start: ended with exit code 0");
            assertNoPassword(ended, operator);
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    @Test
    @OwnServers
    void whatTheReplicaNeverReceivedIsLostByNumberAndTheFormerPrimaryHasDivergedByIt(ReplicaSet servers)
            throws Exception {
        try (Operator operator = FewPrivileges.operator(servers, simulations, false);
                SimulationProcess process = FewPrivileges.start(
                        simulations,
                        operator,
                        operator.promoteSetting(),
                        "failover.before=4s",
                        "failover.max-lost=0",
                        "failover.deadline=20s",
                        "external.keep-data=true")) {
            Node former = servers.primary();
            Node replica = servers.replicas().get(0);
            awaitRows(former, 50);
            Replication.stopReceiver(replica);
            PlayedRun ended = process.end();

            JsonNode report = ended.report();
            assertThat(ended.verdicts())
                    .as(ended.output())
                    .isEqualTo(Map.of(
                            "lost acknowledged writes: async", "INVALID",
                            "split brain: async", "VALID",
                            "failed writes absent: async", "VALID",
                            "ledger on every node: async", "INVALID",
                            // It has diverged and follows nobody: the checks of the failover say so.
                            "errant transactions", "VALID"));
            assertThat(ended.exitCode()).isEqualTo(2);
            BitSet extra = ids(former);
            extra.andNot(ids(replica));
            JsonNode rpo = report.at("/failover/modes/0/rpo");
            long lost = rpo.at("/lost/count").asLong();
            assertThat(lost).isPositive();
            // A write that was committed and not acknowledged before the kill is not lost.
            assertThat(extra.cardinality() - lost)
                    .isBetween(0L, rpo.at("/unknownVanished").asLong());
            assertThat(FewPrivileges.theRound(report).at("/lost")).isEqualTo(rpo.at("/lost"));
            assertThat(FewPrivileges.theRound(report)
                            .at("/returned/0/extraGtids")
                            .asText())
                    .isEqualTo(GtidSets.subtract(replica, GtidSets.executed(former), GtidSets.executed(replica)));
            assertThat(FewPrivileges.theRound(report).at("/returned/0/problem").asText())
                    .startsWith("has diverged by");
            assertThat(ended.output()).contains("node1 does not replicate from the new primary: has diverged by");
        }
    }

    @Test
    @Tag("nightly")
    @OwnServers
    void aCommandThatFailsIsNamedWithWhatItSaidAndTheRunEnds(ReplicaSet servers) throws Exception {
        try (Operator operator = FewPrivileges.operator(servers, simulations, false)) {
            String promote = "external.hooks.promote=echo the manager is on holiday >&2; exit 7";
            PlayedRun ended = FewPrivileges.play(simulations, operator, promote);

            assertFailed(
                    ended, "node2 (", promote.replaceFirst("=", " = ") + ": exit code 7: the manager is on holiday");
            assertThat(ended.report().at("/failover/faults/0/healed").asText()).isNotEmpty();
            assertThat(servers.primary().control().orElseThrow().isAlive()).isTrue();
            FewPrivileges.assertDropped(servers.nodes());

            PlayedRun notKilled = FewPrivileges.play(
                    simulations, operator, promote, "external.hooks.kill=exit 5", "failover.rounds=2");

            assertFailed(notKilled, "node1 (", "external.hooks.kill = exit 5: exit code 5: it said nothing");
            assertThat(notKilled.report().at("/failover/modes/0/reason").asText())
                    .contains("not played: round 2, because");
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    @Test
    @Tag("nightly")
    @OwnServers
    void aFailoverManagerOfTheUsersIsOnlyWatched(ReplicaSet servers) throws Exception {
        try (Operator operator = FewPrivileges.operator(servers, simulations, true)) {
            operator.manageFailover();
            PlayedRun ended = FewPrivileges.play(simulations, operator);

            JsonNode report = ended.report();
            assertNothingLost(ended, "async");
            JsonNode round = FewPrivileges.theRound(report);
            assertThat(round.at("/promoted").asText()).isEqualTo("node2");
            assertThat(round.at("/rtoMillis").asDouble()).isPositive();
            assertThat(round.has("detectMillis")).isFalse();
            assertThat(round.has("promoteMillis")).isFalse();
            assertThat(ended.output()).contains("failover async: node1 was killed; node2 took writes after");
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    private static void assertFailed(PlayedRun ended, String... reasons) {
        JsonNode report = ended.report();
        Map<String, String> verdicts = ended.verdicts();
        assertThat(verdicts.remove("errant transactions")).as(ended.output()).isEqualTo("VALID");
        assertThat(verdicts.values()).as(ended.output()).hasSize(4).containsOnly("UNKNOWN");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(report.at("/failover/modes/0/reason").asText()).contains(reasons);
        assertThat(ended.output()).contains(reasons);
    }

    private void assertNoPassword(PlayedRun ended, Operator operator) throws IOException {
        assertThat(ended.output()).doesNotContain(FewPrivileges.PASSWORD);
        assertThat(ended.report().toString()).doesNotContain(FewPrivileges.PASSWORD);
        for (String hook : List.of("promote", "start")) {
            assertThat(operator.environment(hook)).contains("NODE_NAME=").doesNotContain(FewPrivileges.PASSWORD);
        }
        assertThat(operator.environment("start")).contains("\nPRIMARY_HOST=127.0.0.1\n");
    }

    private static void awaitRows(Node node, int rows) throws Exception {
        String tables = "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME = 'ledger'";
        FewPrivileges.await(
                () -> TestSql.query(node, tables).equals("1") && ids(node).cardinality() >= rows,
                node + ": too few rows");
    }

    private static BitSet ids(Node node) throws SQLException {
        BitSet ids = new BitSet();
        String all = TestSql.query(
                node,
                "SELECT /*+ SET_VAR(group_concat_max_len = 1000000) */ COALESCE(GROUP_CONCAT(write_id), '') FROM "
                        + FewPrivileges.DATABASE + ".ledger");
        Stream.of(all.split(","))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .forEach(ids::set);
        return ids;
    }

    /**
     * Every check says VALID, and node1, which was killed, replicates again; but if it has come back with a write that it had
     * committed and not sent, as sooner or later one is under way at that very moment, that is found and named.
     *
     * @param further names of checks besides those that every failover has
     */
    private static void assertNothingLost(PlayedRun ended, String mode, String... further) {
        JsonNode former = returned(ended.report(), "node1");
        boolean diverged = !former.at("/extraGtids").asText().isEmpty();
        if (diverged) {
            assertThat(former.at("/problem").asText()).startsWith("has diverged by");
        } else {
            assertThat(former.at("/millis").asDouble()).isPositive();
            assertThat(former.has("problem")).as(former.toString()).isFalse();
        }
        Map<String, String> expected = new HashMap<>();
        Stream.concat(Stream.of("lost acknowledged writes", "split brain", "failed writes absent"), Stream.of(further))
                .forEach(check -> expected.put(check + ": " + mode, "VALID"));
        expected.put("errant transactions", "VALID");
        expected.put("ledger on every node: " + mode, diverged ? "INVALID" : "VALID");
        assertThat(ended.verdicts()).as(ended.output()).isEqualTo(expected);
        assertThat(ended.exitCode()).isEqualTo(diverged ? 2 : 0);
    }

    private static JsonNode returned(JsonNode report, String node) {
        for (JsonNode returned : FewPrivileges.theRound(report).at("/returned")) {
            if (returned.at("/node").asText().equals(node)) {
                return returned;
            }
        }
        throw new AssertionError(node + " has not returned: " + FewPrivileges.theRound(report));
    }

    /** Of the events of this kind. */
    private static List<String> texts(JsonNode report, String kind) {
        return StreamSupport.stream(report.at("/events").spliterator(), false)
                .filter(event -> event.at("/kind").asText().equals(kind))
                .map(event -> event.at("/text").asText())
                .toList();
    }
}
