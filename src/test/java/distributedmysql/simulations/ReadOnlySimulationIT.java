package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.check.FailedRequests;
import distributedmysql.check.ServerSilence;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.TargetRate;
import distributedmysql.config.ReplicationMode;
import distributedmysql.experiment.connections.ConnectionSteps;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.experiment.consistency.judge.ReplicationLagCheck;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.SemiSyncFallback;
import distributedmysql.mysql.Node;
import distributedmysql.simulations.SimulationProcess.Ended;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.ServerState;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs as a user who may only read: what they find, what they say that they left out, and that nothing is written. */
class ReadOnlySimulationIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PASSWORD = "reads-only-5b1f";
    private static final String KEPT = "kept_by_an_earlier_run";
    private static final String NEEDS_WRITES = "it needs writes, and external.read-only = true";

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node primary;
    private static Node replica;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws SQLException {
        deployment = TestServers.start();
        replicaSet = deployment.replicaSet();
        primary = replicaSet.primary();
        replica = replicaSet.replicas().get(0);
        TestSql.execute(
                primary,
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, total DECIMAL(10, 2))",
                "INSERT INTO shop.orders VALUES (1, 9.90), (2, 19.90), (3, 0.50)",
                "CREATE TABLE shop.events (text VARCHAR(100))",
                "INSERT INTO shop.events VALUES ('opened'), ('opened'), ('closed')",
                "CREATE USER reader IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION CLIENT ON *.* TO reader",
                "GRANT SELECT ON performance_schema.* TO reader",
                "GRANT SELECT ON shop.* TO reader");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @AfterAll
    static void end() {
        deployment.close();
    }

    @Test
    void aUserWhoMayOnlyReadLearnsTheLagAndThatAllRowsAreEqual() throws Exception {
        Ended ended = runWritingNothing(ConsistencySimulation.class, "external.compare-databases=shop");

        JsonNode report = ended.report();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(report.at("/verdict").asText()).isEqualTo("PASS");
        assertThat(texts(report.at("/checks"), "name"))
                .containsExactly(TableChecksumCheck.NAME, ReplicationLagCheck.NAME, ErrantTransactionsCheck.NAME);
        assertThat(texts(report.at("/checks"), "verdict")).containsOnly("VALID");
        assertThat(texts(report.at("/notRun"), "name")).isEqualTo(ConsistencyVerdicts.names());
        assertThat(texts(report.at("/notRun"), "reason")).containsOnly(NEEDS_WRITES);
        assertThat(texts(report.at("/consistency/tableChecksums"), "table")).containsExactly("events", "orders");
        JsonNode probe = report.at("/consistency/replicationLagMicros/replicas/0/probe");
        assertThat(probe.at("/samples").asLong()).isPositive();
        assertThat(ended.output())
                .contains("external: compares the tables of shop;")
                .contains("not run, because " + NEEDS_WRITES + ": ")
                .contains("NOT RUN: " + NEEDS_WRITES + ":")
                .contains("PASS: 3 checks VALID; " + ConsistencyVerdicts.names().size() + " not run");
        assertTellsNoPassword(ended);
    }

    @Test
    void aRowThatOnlyTheReplicaHasOtherwiseIsFoundByKeyAndColumnAndItsValuesOnlyIfWanted() throws Exception {
        onReplicaOnly("UPDATE shop.orders SET total = 7654321.91 WHERE id = 2");
        try {
            Ended ended = runWritingNothing(ConsistencySimulation.class, "external.compare-databases=shop");

            assertDifferingIsFound(ended, "first: differing 2 (total; values not shown)");
            // The rows are somebody else's, and logs go to more people than the database does.
            assertTellsNowhere(ended, "7654321.91");

            Ended showing = run(
                    ConsistencySimulation.class,
                    directory.resolve("results-with-values"),
                    PASSWORD,
                    readOnly("external.compare-databases=shop", "consistency.tables.show=values"));
            assertDifferingIsFound(
                    showing, "first: differing 2 (total = 19.90 on the primary, 7654321.91 on the replica)");
        } finally {
            onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
        }
    }

    @Test
    void whatSomebodyWroteToTheReplicaIsADifferenceAndErrantBeforeTheRunAsDuringIt() throws Exception {
        onReplica("UPDATE shop.orders SET total = 19.91 WHERE id = 2");
        try (SimulationProcess process = start(
                ConsistencySimulation.class,
                directory.resolve("results"),
                PASSWORD,
                readOnly("external.compare-databases=shop", "consistency.duration=4s"))) {
            process.awaitLine(
                    line -> line.contains("consistency: replication lag"), "the begin of the lag's measurement");
            onReplica("CREATE DATABASE written_during_the_run");
            Ended ended = process.end();

            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            JsonNode check = report.at("/checks/0");
            assertThat(check.at("/name").asText()).isEqualTo(TableChecksumCheck.NAME);
            assertThat(check.at("/verdict").asText()).isEqualTo("INVALID");
            assertThat(check.at("/evidence").asText())
                    .contains("shop.orders on node2: 1 row differing, 0 missing, 0 extra; first: differing 2");

            String before = replica.serverUuid() + ":1";
            String during = replica.serverUuid() + ":2";
            JsonNode errant = report.at("/checks/2");
            assertThat(errant.at("/name").asText()).isEqualTo(ErrantTransactionsCheck.NAME);
            assertThat(errant.at("/verdict").asText()).isEqualTo("INVALID");
            assertThat(errant.at("/evidence").asText())
                    .contains(before + " (there before the run), " + during + " (came during the run)");
            JsonNode found = report.at("/topology/errantTransactions/0");
            assertThat(found.at("/replica").asText()).isEqualTo("node2");
            assertThat(found.at("/beforeRun").asText()).isEqualTo(before);
            assertThat(found.at("/duringRun").asText()).isEqualTo(during);
            assertThat(ended.output()).contains("warning: node2 has executed what the primary has not");
        } finally {
            onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
            onReplicaOnly("DROP DATABASE IF EXISTS written_during_the_run");
            for (int number = 1; number <= 2; number++) {
                TestSql.execute(
                        primary, "SET gtid_next = '" + replica.serverUuid() + ":" + number + "'", "BEGIN", "COMMIT");
            }
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    /** In the JSON summary and, whole, on the console, with what it means and what to do. */
    private static void assertDifferingIsFound(Ended ended, String difference) {
        JsonNode report = ended.report();
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        JsonNode check = report.at("/checks/0");
        assertThat(check.at("/name").asText()).isEqualTo(TableChecksumCheck.NAME);
        assertThat(check.at("/verdict").asText()).isEqualTo("INVALID");
        String evidence = check.at("/evidence").asText();
        assertThat(evidence).contains("shop.orders on node2: 1 row differing, 0 missing, 0 extra; " + difference);
        assertThat(ended.output().lines().toList())
                .containsSequence(
                        "INVALID  table checksums: " + evidence,
                        "         means: " + check.at("/means").asText(),
                        "         next:  " + check.at("/next").asText());
    }

    /** Even where an earlier run has left data that a load could read. */
    @Test
    void aFirstLookSaysBeforehandWhatItDoesAndSendsNoLoad() throws Exception {
        keepData();
        onReplicaOnly("UPDATE shop.orders SET total = 19.91 WHERE id = 2");
        try {
            Ended ended = runWritingNothing(
                    FullSimulation.class, "profile=look", "data.database=" + KEPT, "external.compare-databases=shop");

            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            assertThat(texts(report.at("/checks"), "name"))
                    .containsExactly(TableChecksumCheck.NAME, ReplicationLagCheck.NAME, ErrantTransactionsCheck.NAME);
            assertThat(texts(report.at("/checks"), "verdict")).containsExactly("INVALID", "VALID", "VALID");
            assertThat(report.at("/checks/0/evidence").asText())
                    .contains("shop.orders on node2: 1 row differing, 0 missing, 0 extra; first: differing 2 (total;");
            assertThat(texts(report.at("/notRun"), "reason"))
                    .contains(NEEDS_WRITES, "no load is sent, because external.send-load = false");
            assertThat(report.at("/performance").isMissingNode()).isTrue();
            assertThat(texts(report.at("/run/config/profiles"))).containsExactly("look");
            assertThat(ended.output())
                    .containsSubsequence(
                            "FullSimulation, profile look",
                            "from command line",
                            "from simulations-config/look.conf",
                            "external: primary " + primary.address(),
                            "external: replica " + replica.address(),
                            "external: compares the tables of shop;",
                            "external: takes 2 s for the lag",
                            "external: at rates of their own, at most so many requests per second arrive, all servers together:"
                                    + " consistency 150",
                            "external: besides, as far as external.max-rate = ",
                            "external: not counted, on top of external.max-rate: administration (",
                            "external: never: ",
                            "consistency: replication lag, for 2 s");
            assertTellsNoPassword(ended);
        } finally {
            onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
            TestSql.execute(primary, "DROP DATABASE " + KEPT, "REVOKE SELECT ON " + KEPT + ".* FROM reader");
        }
    }

    @Test
    @Tag("nightly")
    void withDataThatAnEarlierRunHasLeftEverythingThatOnlyReadsIsRun() throws Exception {
        keepData();
        try {
            Ended ended = runWritingNothing(FullSimulation.class, "data.database=" + KEPT);

            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(texts(report.at("/checks"), "name"))
                    .containsExactly(
                            "server counts: select 50/s",
                            "server counts: max throughput",
                            "performance errors",
                            TargetRate.NAME,
                            ServerSilence.checkName("performance"),
                            TableChecksumCheck.NAME,
                            ReplicationLagCheck.NAME,
                            ConnectionSteps.NAME,
                            ConnectionSteps.AFTER,
                            ErrantTransactionsCheck.NAME,
                            FailedRequests.NAME);
            assertThat(texts(report.at("/checks"), "verdict")).containsOnly("VALID");
            assertThat(texts(report.at("/notRun"), "name")).isEqualTo(whatNeedsWrites());
            assertThat(texts(report.at("/stages"), "name"))
                    .contains("select 50/s", "max throughput, 4 connections")
                    .noneMatch(name -> name.startsWith("mixed") || name.startsWith("soak"));
            assertThat(texts(report.at("/consistency/tableChecksums"), "database"))
                    .containsOnly(KEPT);
            assertTellsNoPassword(ended);

            assertNothingCanBeRun(
                    PerformanceSimulation.class,
                    "data.scale must be that of the run that left them",
                    "data.scale=0.02");
        } finally {
            TestSql.execute(primary, "DROP DATABASE " + KEPT, "REVOKE SELECT ON " + KEPT + ".* FROM reader");
        }
    }

    @Test
    void aRunOfWhichNothingIsPossibleIsRefusedWithTheReasons() throws Exception {
        String noData = "there is no database " + KEPT + " of the framework's own that reader may read";
        assertNothingCanBeRun(PerformanceSimulation.class, noData);
        assertNothingCanBeRun(StabilitySimulation.class, noData);
    }

    private static List<String> whatNeedsWrites() {
        List<String> names = new ArrayList<>(List.of("server counts: mixed 50/s"));
        names.addAll(ConsistencyVerdicts.names());
        names.addAll(List.of("soak errors", "soak target rate", "server silence: soak"));
        names.addAll(FailoverCheck.names(ReplicationMode.ASYNC));
        names.addAll(FailoverCheck.names(ReplicationMode.AFTER_SYNC));
        names.add(SemiSyncFallback.name(ReplicationMode.AFTER_SYNC));
        return names;
    }

    /** As the administrator, who may write. */
    private void keepData() throws Exception {
        String[] settings = {
            "external.user=" + primary.admin().user(), "external.keep-data=true", "data.database=" + KEPT
        };
        Ended ended = run(
                OneStageSimulation.class,
                directory.resolve("results-of-earlier-run"),
                primary.admin().password().text(),
                settings);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        TestSql.execute(primary, "GRANT SELECT ON " + KEPT + ".* TO reader");
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    private void assertNothingCanBeRun(Class<? extends Simulation> simulation, String reason, String... settings)
            throws Exception {
        List<String> all = new ArrayList<>(List.of("data.database=" + KEPT));
        all.addAll(List.of(settings));
        Path results = directory.resolve("no-results");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        ServerState before = ServerState.of(replicaSet.nodes());
        Ended ended = run(simulation, results, PASSWORD, readOnly(all.toArray(String[]::new)));

        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        String[] paragraphs = ended.output().strip().split("\\R\\s*\\R");
        assertThat(paragraphs[paragraphs.length - 1])
                .as(ended.output())
                .startsWith("error: nothing of this simulation can be run on these servers: ")
                .contains(NEEDS_WRITES, reason);
        assertThat(ended.hasReports()).isFalse();
        assertThat(ServerState.of(replicaSet.nodes())).isEqualTo(before);
    }

    /** The servers are afterwards as they were: transactions, rows, accounts, databases, variables. */
    private Ended runWritingNothing(Class<? extends Simulation> simulation, String... settings) throws Exception {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        ServerState before = ServerState.of(replicaSet.nodes());
        Ended ended = run(simulation, directory.resolve("results"), PASSWORD, readOnly(settings));
        assertThat(ServerState.of(replicaSet.nodes())).isEqualTo(before);
        return ended;
    }

    private static String[] readOnly(String... settings) {
        List<String> all = new ArrayList<>(List.of("external.user=reader", "external.read-only=true"));
        all.addAll(List.of(settings));
        return all.toArray(String[]::new);
    }

    private Ended run(Class<? extends Simulation> simulation, Path results, String password, String... settings)
            throws Exception {
        try (SimulationProcess process = start(simulation, results, password, settings)) {
            return process.end();
        }
    }

    private SimulationProcess start(
            Class<? extends Simulation> simulation, Path results, String password, String... settings)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "topology=external",
                "external.primary=" + primary.address(),
                "external.replicas=" + replica.address(),
                "connection.pool-size=10",
                "consistency.duration=2s",
                "connections.steps=2,4"));
        all.addAll(List.of(settings));
        return SimulationProcess.start(
                simulation, directory.resolve("cache"), results, password, all.toArray(String[]::new));
    }

    private static void onReplica(String statement) throws SQLException {
        TestSql.execute(replica, "SET GLOBAL super_read_only = OFF", statement, "SET GLOBAL super_read_only = ON");
    }

    /** Past the binary log. */
    private static void onReplicaOnly(String statement) throws SQLException {
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                statement,
                "SET GLOBAL super_read_only = ON");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static List<String> texts(JsonNode array, String key) {
        List<String> texts = new ArrayList<>();
        array.forEach(entry -> texts.add(entry.get(key).asText()));
        return texts;
    }

    private static void assertTellsNoPassword(Ended ended) throws IOException {
        assertTellsNowhere(ended, PASSWORD);
    }

    private static void assertTellsNowhere(Ended ended, String secret) throws IOException {
        assertThat(ended.output()).doesNotContain(secret);
        try (Stream<Path> files = Files.walk(ended.results())) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> has(file, secret));
        }
    }

    private static boolean has(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
