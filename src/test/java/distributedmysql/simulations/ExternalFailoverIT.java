package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.config.ReplicationMode;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Node;
import distributedmysql.simulations.SimulationProcess.Ended;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.Operator;
import distributedmysql.topology.replicator.SemiSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs in which a primary that the run has not started is killed, by a user who may change neither replication nor
 * a variable.
 */
class ExternalFailoverIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String DATABASE = "external_failover";
    private static final String PASSWORD = "few-privileges-5e1b";

    @TempDir
    Path directory;

    @Tag("nightly")
    @Test
    void aReplicaThatTheUsersCommandPromotesIsFollowedAndNothingIsLost() throws Exception {
        try (Deployment deployment = start(2);
                Operator operator = new Operator(deployment.replicaSet(), directory, true)) {
            ReplicaSet servers = deployment.replicaSet();
            SemiSync.enable(servers, ReplicationMode.AFTER_COMMIT, Duration.ofMinutes(1), DEADLINE);
            Ended ended = run(operator, operator.promoteSetting());

            JsonNode report = ended.report();
            assertNothingLost(ended, "after-commit", "semi-sync fallback");
            JsonNode round = theRound(report);
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
            assertDropped(servers.nodes());
        }
    }

    @Test
    void whatTheReplicaNeverReceivedIsLostByNumberAndTheFormerPrimaryHasDivergedByIt() throws Exception {
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, false);
                SimulationProcess process = start(
                        operator,
                        operator.promoteSetting(),
                        "failover.before=4s",
                        "failover.max-lost=0",
                        "failover.deadline=10s",
                        "external.keep-data=true")) {
            ReplicaSet servers = deployment.replicaSet();
            Node former = servers.primary();
            Node replica = servers.replicas().get(0);
            awaitRows(former, 50);
            Replication.stopReceiver(replica);
            Ended ended = process.end();

            JsonNode report = ended.report();
            assertThat(verdicts(report))
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
            assertThat(theRound(report).at("/lost")).isEqualTo(rpo.at("/lost"));
            assertThat(theRound(report).at("/returned/0/extraGtids").asText())
                    .isEqualTo(GtidSets.subtract(replica, GtidSets.executed(former), GtidSets.executed(replica)));
            assertThat(theRound(report).at("/returned/0/problem").asText()).startsWith("has diverged by");
            assertThat(ended.output()).contains("node1 does not replicate from the new primary: has diverged by");
        }
    }

    @Test
    @Tag("nightly")
    void aCommandThatFailsIsNamedWithWhatItSaidAndTheRunEnds() throws Exception {
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, false)) {
            ReplicaSet servers = deployment.replicaSet();
            String promote = "external.hooks.promote=echo the manager is on holiday >&2; exit 7";
            Ended ended = run(operator, promote);

            assertFailed(
                    ended, "node2 (", promote.replaceFirst("=", " = ") + ": exit code 7: the manager is on holiday");
            assertThat(ended.report().at("/failover/faults/0/healed").asText()).isNotEmpty();
            assertThat(servers.primary().control().orElseThrow().isAlive()).isTrue();
            assertDropped(servers.nodes());

            Ended notKilled = run(operator, promote, "external.hooks.kill=exit 5", "failover.rounds=2");

            assertFailed(notKilled, "node1 (", "external.hooks.kill = exit 5: exit code 5: it said nothing");
            assertThat(notKilled.report().at("/failover/modes/0/reason").asText())
                    .contains("not played: round 2, because");
            assertDropped(servers.nodes());
        }
    }

    @Test
    void aFailoverManagerOfTheUsersIsOnlyWatched() throws Exception {
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, true)) {
            ReplicaSet servers = deployment.replicaSet();
            operator.manageFailover();
            Ended ended = run(operator);

            JsonNode report = ended.report();
            assertNothingLost(ended, "async");
            JsonNode round = theRound(report);
            assertThat(round.at("/promoted").asText()).isEqualTo("node2");
            assertThat(round.at("/rtoMillis").asDouble()).isPositive();
            assertThat(round.has("detectMillis")).isFalse();
            assertThat(round.has("promoteMillis")).isFalse();
            assertThat(ended.output()).contains("failover async: node1 was killed; node2 took writes after");
            assertDropped(servers.nodes());
        }
    }

    @Tag("nightly")
    @Test
    @DisplayName(
            "Ctrl-C while the command that promotes runs: it comes to its end, or to its deadline, then start is run")
    void interruptedPromotion() throws Exception {
        Path begun = directory.resolve("begun");
        String hangs = "sleep 29371";
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, false);
                SimulationProcess process = start(
                        operator,
                        "external.hooks.promote=touch " + begun + "; " + hangs + "; true",
                        "failover.deadline=10s")) {
            ReplicaSet servers = deployment.replicaSet();
            await(() -> Files.exists(begun), "the command that promotes has not begun");
            assertThat(servers.primary().control().orElseThrow().isAlive()).isFalse();
            process.interrupt();
            Ended ended = process.end();

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
            assertDropped(servers.nodes());
        }
    }

    @Tag("nightly")
    @Test
    @DisplayName(
            "Ctrl-C in a terminal, to all processes of the group: a start that runs ends well, and no database is left")
    void interruptedStart() throws Exception {
        Path begun = directory.resolve("started");
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, false)) {
            ReplicaSet servers = deployment.replicaSet();
            String start = operator.settings().stream()
                    .filter(setting -> setting.startsWith("external.hooks.start="))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst("=", "=touch " + begun + "; sleep 3; ");
            try (SimulationProcess process = startInGroup(operator, operator.promoteSetting(), start)) {
                await(() -> Files.exists(begun), "the command that starts has not begun");
                process.interruptGroup();
                Ended ended = process.end();

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

    @Tag("nightly")
    @Test
    @DisplayName("A primary that cannot be started again: what is left, where, and the statement that removes it")
    void leftDatabase() throws Exception {
        try (Deployment deployment = start(1);
                Operator operator = new Operator(deployment.replicaSet(), directory, false)) {
            ReplicaSet servers = deployment.replicaSet();
            Ended ended = run(operator, "external.hooks.promote=exit 7", "external.hooks.start=exit 8");

            JsonNode round = ended.report().at("/failover/modes/0/unfinished/0");
            assertThat(round.at("/interrupted").asBoolean()).isFalse();
            assertThat(hooks(round))
                    .containsExactly("external.hooks.kill 0", "external.hooks.promote 7", "external.hooks.start 8");
            assertThat(round.has("primary")).isFalse();
            assertThat(round.at("/primaryUnknown").asText()).contains("node1 (", "node2 (", "is read-only");
            assertThat(round.at("/stopped/0").asText()).isEqualTo("node1");
            assertThat(round.at("/next").asText()).contains("start node1 (", "promote one");
            String left = line(ended.output(), "is left on node1");
            servers.primary().control().orElseThrow().start(DEADLINE);
            Replication.setReadOnly(servers.primary(), false);
            TestSql.execute(servers.primary(), left.substring(left.indexOf("DROP DATABASE")));
            assertDropped(servers.nodes());
        }
    }

    /** Of a former primary that follows nobody; the new one has dropped it. */
    private static void assertPastedRemoves(String output, ReplicaSet servers) throws Exception {
        Node former = servers.nodes().get(0);
        String left = line(output, "is left on node1");
        assertThat(output).contains("external: dropped the database " + DATABASE);
        assertThat(databases(former)).isEqualTo("1");
        String before = GtidSets.executed(former);
        String pasted = left.substring(left.indexOf("past the binary log: ") + "past the binary log: ".length());
        TestSql.execute(former, pasted.split("(?<=;) "));
        assertDropped(servers.nodes());
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

    /** With a user who has the privileges of external.conf and no other. */
    private static Deployment start(int replicas) throws SQLException {
        Deployment deployment = TestServers.start(replicas);
        ReplicaSet servers = deployment.replicaSet();
        TestSql.execute(
                servers.primary(),
                "CREATE USER few IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION CLIENT ON *.* TO few",
                "GRANT SELECT ON performance_schema.* TO few",
                "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `external\\_failover`.* TO few");
        Replication.awaitConvergence(servers, DEADLINE);
        return deployment;
    }

    private Ended run(Operator operator, String... more) throws Exception {
        try (SimulationProcess process = start(operator, more)) {
            return process.end();
        }
    }

    private SimulationProcess start(Operator operator, String... more) throws IOException {
        return start(false, operator, more);
    }

    private SimulationProcess startInGroup(Operator operator, String... more) throws IOException {
        return start(true, operator, more);
    }

    private SimulationProcess start(boolean inGroup, Operator operator, String... more) throws IOException {
        List<String> settings = new ArrayList<>(operator.settings());
        settings.addAll(List.of(
                "external.user=few",
                "data.database=" + DATABASE,
                "failover.before=2s",
                "failover.after=5s",
                "failover.deadline=30s"));
        settings.addAll(List.of(more));
        Path results = Files.createTempDirectory(directory, "results");
        return SimulationProcess.start(
                inGroup,
                FailoverOnlySimulation.class,
                directory.resolve("cache"),
                results,
                PASSWORD,
                settings.toArray(String[]::new));
    }

    private static void assertFailed(Ended ended, String... reasons) {
        JsonNode report = ended.report();
        Map<String, String> verdicts = verdicts(report);
        assertThat(verdicts.remove("errant transactions")).as(ended.output()).isEqualTo("VALID");
        assertThat(verdicts.values()).as(ended.output()).hasSize(4).containsOnly("UNKNOWN");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(report.at("/failover/modes/0/reason").asText()).contains(reasons);
        assertThat(ended.output()).contains(reasons);
    }

    private void assertNoPassword(Ended ended, Operator operator) throws IOException {
        assertThat(ended.output()).doesNotContain(PASSWORD);
        assertThat(ended.report().toString()).doesNotContain(PASSWORD);
        for (String hook : List.of("promote", "start")) {
            assertThat(operator.environment(hook)).contains("NODE_NAME=").doesNotContain(PASSWORD);
        }
        assertThat(operator.environment("start")).contains("\nPRIMARY_HOST=127.0.0.1\n");
    }

    private static void assertDropped(List<Node> nodes) throws Exception {
        for (Node node : nodes) {
            await(() -> databases(node).equals("0"), node + ": the database is there");
        }
    }

    private static String databases(Node node) throws SQLException {
        return TestSql.query(
                node, "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + DATABASE + "'");
    }

    private static void awaitRows(Node node, int rows) throws Exception {
        String tables = "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME = 'ledger'";
        await(
                () -> TestSql.query(node, tables).equals("1") && ids(node).cardinality() >= rows,
                node + ": too few rows");
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition, String otherwise) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(condition.holds()).as(otherwise).isTrue());
    }

    private static BitSet ids(Node node) throws SQLException {
        BitSet ids = new BitSet();
        String all = TestSql.query(
                node,
                "SELECT /*+ SET_VAR(group_concat_max_len = 1000000) */ COALESCE(GROUP_CONCAT(write_id), '') FROM "
                        + DATABASE + ".ledger");
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
    private static void assertNothingLost(Ended ended, String mode, String... further) {
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
        assertThat(verdicts(ended.report())).as(ended.output()).isEqualTo(expected);
        assertThat(ended.exitCode()).isEqualTo(diverged ? 2 : 0);
    }

    private static JsonNode returned(JsonNode report, String node) {
        for (JsonNode returned : theRound(report).at("/returned")) {
            if (returned.at("/node").asText().equals(node)) {
                return returned;
            }
        }
        throw new AssertionError(node + " has not returned: " + theRound(report));
    }

    private static JsonNode theRound(JsonNode report) {
        assertThat(report.at("/failover/modes")).hasSize(1);
        assertThat(report.at("/failover/modes/0/rounds")).hasSize(1);
        return report.at("/failover/modes/0/rounds/0");
    }

    /** Of the events of this kind. */
    private static List<String> texts(JsonNode report, String kind) {
        return StreamSupport.stream(report.at("/events").spliterator(), false)
                .filter(event -> event.at("/kind").asText().equals(kind))
                .map(event -> event.at("/text").asText())
                .toList();
    }

    private static Map<String, String> verdicts(JsonNode report) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        report.at("/checks")
                .forEach(check -> verdicts.put(
                        check.get("name").asText(), check.get("verdict").asText()));
        return verdicts;
    }
}
