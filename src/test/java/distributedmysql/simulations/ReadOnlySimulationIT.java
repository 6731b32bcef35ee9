package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.experiment.consistency.judge.ReplicationLagCheck;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs as a user who may only read: what they find, and that nothing is written. */
@OwnServers
class ReadOnlySimulationIT {
    private static Reader reader;

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @BeforeAll
    static void create(ReplicaSet servers) throws SQLException {
        reader = Reader.create(servers);
    }

    @Test
    void aUserWhoMayOnlyReadLearnsTheLagAndThatAllRowsAreEqual() throws Exception {
        PlayedRun ended =
                reader.playWritingNothing(simulations, ConsistencySimulation.class, "external.compare-databases=shop");

        JsonNode report = ended.report();
        ended.assertValidUnlessSlow();
        assertThat(PlayedRun.texts(report.at("/checks"), "name"))
                .containsExactly(TableChecksumCheck.NAME, ReplicationLagCheck.NAME, ErrantTransactionsCheck.NAME);
        assertThat(PlayedRun.texts(report.at("/checks"), "verdict")).containsOnly("VALID");
        assertThat(PlayedRun.texts(report.at("/notRun"), "name")).isEqualTo(ConsistencyVerdicts.names());
        assertThat(PlayedRun.texts(report.at("/notRun"), "reason")).containsOnly(Reader.NEEDS_WRITES);
        assertThat(PlayedRun.texts(report.at("/consistency/tableChecksums"), "table"))
                .containsExactly("events", "orders");
        JsonNode probe = report.at("/consistency/replicationLagMicros/replicas/0/probe");
        assertThat(probe.at("/samples").asLong()).isPositive();
        assertThat(ended.output())
                .contains("external: compares the tables of shop;")
                .contains("not run, because " + Reader.NEEDS_WRITES + ": ")
                .contains("NOT RUN: " + Reader.NEEDS_WRITES + ":")
                .contains("PASS: 3 checks VALID; " + ConsistencyVerdicts.names().size() + " not run");
        ended.assertTellsNowhere(Reader.PASSWORD);
    }

    @Test
    void aRowThatOnlyTheReplicaHasOtherwiseIsFoundByKeyAndColumnAndItsValuesOnlyIfWanted() throws Exception {
        reader.onReplicaOnly("UPDATE shop.orders SET total = 7654321.91 WHERE id = 2");
        try {
            PlayedRun ended = reader.playWritingNothing(
                    simulations, ConsistencySimulation.class, "external.compare-databases=shop");

            assertDifferingIsFound(ended, "first: differing 2 (total; values not shown)");
            // The rows are somebody else's, and logs go to more people than the database does.
            ended.assertTellsNowhere("7654321.91");

            PlayedRun showing = reader.play(
                    simulations,
                    ConsistencySimulation.class,
                    "external.compare-databases=shop",
                    "consistency.tables.show=values");
            assertDifferingIsFound(
                    showing, "first: differing 2 (total = 19.90 on the primary, 7654321.91 on the replica)");
        } finally {
            reader.onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
        }
    }

    @Test
    void whatSomebodyWroteToTheReplicaIsADifferenceAndErrantBeforeTheRunAsDuringIt() throws Exception {
        reader.onReplica("UPDATE shop.orders SET total = 19.91 WHERE id = 2");
        try (SimulationProcess process = reader.start(
                simulations,
                ConsistencySimulation.class,
                "external.compare-databases=shop",
                "consistency.duration=4s")) {
            process.awaitLine(
                    line -> line.contains("consistency: replication lag"), "the begin of the lag's measurement");
            reader.onReplica("CREATE DATABASE written_during_the_run");
            PlayedRun ended = process.end();

            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            JsonNode check = report.at("/checks/0");
            assertThat(check.at("/name").asText()).isEqualTo(TableChecksumCheck.NAME);
            assertThat(check.at("/verdict").asText()).isEqualTo("INVALID");
            assertThat(check.at("/evidence").asText())
                    .contains("shop.orders on node2: 1 row differing, 0 missing, 0 extra; first: differing 2");

            String before = reader.replica().serverUuid() + ":1";
            String during = reader.replica().serverUuid() + ":2";
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
            reader.onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
            reader.onReplicaOnly("DROP DATABASE IF EXISTS written_during_the_run");
            for (int number = 1; number <= 2; number++) {
                TestSql.execute(
                        reader.primary(),
                        "SET gtid_next = '" + reader.replica().serverUuid() + ":" + number + "'",
                        "BEGIN",
                        "COMMIT");
            }
            reader.awaitConvergence();
        }
    }

    /** In the JSON summary and, whole, on the console, with what it means and what to do. */
    private static void assertDifferingIsFound(PlayedRun ended, String difference) {
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
}
