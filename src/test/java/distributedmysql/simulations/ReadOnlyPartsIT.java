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
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestSql;
import io.gatling.javaapi.core.Simulation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which parts of whole runs are played for a user who may only read, and what is said of the others. */
@OwnServers
class ReadOnlyPartsIT {
    private static final String KEPT = "kept_by_an_earlier_run";

    private static Reader reader;

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @BeforeAll
    static void create(ReplicaSet servers) throws SQLException {
        reader = Reader.create(servers);
    }

    /** Even where an earlier run has left data that a load could read. */
    @Test
    void aFirstLookSaysBeforehandWhatItDoesAndSendsNoLoad() throws Exception {
        keepData();
        reader.onReplicaOnly("UPDATE shop.orders SET total = 19.91 WHERE id = 2");
        try {
            PlayedRun ended = reader.playWritingNothing(
                    simulations,
                    FullSimulation.class,
                    "profile=look",
                    "data.database=" + KEPT,
                    "external.compare-databases=shop");

            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
            assertThat(PlayedRun.texts(report.at("/checks"), "name"))
                    .containsExactly(TableChecksumCheck.NAME, ReplicationLagCheck.NAME, ErrantTransactionsCheck.NAME);
            assertThat(PlayedRun.texts(report.at("/checks"), "verdict")).containsExactly("INVALID", "VALID", "VALID");
            assertThat(report.at("/checks/0/evidence").asText())
                    .contains("shop.orders on node2: 1 row differing, 0 missing, 0 extra; first: differing 2 (total;");
            assertThat(PlayedRun.texts(report.at("/notRun"), "reason"))
                    .contains(Reader.NEEDS_WRITES, "no load is sent, because external.send-load = false");
            assertThat(report.at("/performance").isMissingNode()).isTrue();
            assertThat(report.at("/run/config/profiles").toString()).isEqualTo("[\"look\"]");
            assertThat(ended.output())
                    .containsSubsequence(
                            "FullSimulation, profile look",
                            "from command line",
                            "from simulations-config/look.conf",
                            "external: primary " + reader.primary().address(),
                            "external: replica " + reader.replica().address(),
                            "external: compares the tables of shop;",
                            "external: takes 2 s for the lag",
                            "external: at rates of their own, at most so many requests per second arrive, all servers together:"
                                    + " consistency 150",
                            "external: besides, as far as external.max-rate = ",
                            "external: not counted, on top of external.max-rate: administration (",
                            "external: never: ",
                            "consistency: replication lag, for 2 s");
            ended.assertTellsNowhere(Reader.PASSWORD);
        } finally {
            reader.onReplicaOnly("UPDATE shop.orders SET total = 19.90 WHERE id = 2");
            removeKept();
        }
    }

    @Test
    @Tag("nightly")
    void withDataThatAnEarlierRunHasLeftEverythingThatOnlyReadsIsRun() throws Exception {
        keepData();
        try {
            PlayedRun ended = reader.playWritingNothing(simulations, FullSimulation.class, "data.database=" + KEPT);

            JsonNode report = ended.report();
            ended.assertValidUnlessSlow();
            assertThat(PlayedRun.texts(report.at("/checks"), "name"))
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
            assertThat(PlayedRun.texts(report.at("/notRun"), "name")).isEqualTo(whatNeedsWrites());
            assertThat(PlayedRun.texts(report.at("/stages"), "name"))
                    .contains("select 50/s", "max throughput, 4 connections")
                    .noneMatch(name -> name.startsWith("mixed") || name.startsWith("soak"));
            assertThat(PlayedRun.texts(report.at("/consistency/tableChecksums"), "database"))
                    .containsOnly(KEPT);
            ended.assertTellsNowhere(Reader.PASSWORD);

            assertNothingCanBeRun(
                    PerformanceSimulation.class,
                    "data.scale must be that of the run that left them",
                    "data.scale=0.02");
        } finally {
            removeKept();
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
        PlayedRun ended = simulations.playOn(
                reader.servers(), OneStageSimulation.class, "external.keep-data=true", "data.database=" + KEPT);
        ended.assertValidUnlessSlow();
        TestSql.execute(reader.primary(), "GRANT SELECT ON " + KEPT + ".* TO reader");
    }

    private void removeKept() throws SQLException {
        TestSql.execute(reader.primary(), "DROP DATABASE " + KEPT, "REVOKE SELECT ON " + KEPT + ".* FROM reader");
    }

    private void assertNothingCanBeRun(Class<? extends Simulation> simulation, String reason, String... settings)
            throws Exception {
        List<String> all = new ArrayList<>(List.of("data.database=" + KEPT));
        all.addAll(List.of(settings));
        PlayedRun ended = reader.playWritingNothing(simulations, simulation, all.toArray(String[]::new));

        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(ended.lastWords())
                .as(ended.output())
                .startsWith("error: nothing of this simulation can be run on these servers: ")
                .contains(Reader.NEEDS_WRITES, reason);
        assertThat(ended.hasReports()).isFalse();
    }
}
