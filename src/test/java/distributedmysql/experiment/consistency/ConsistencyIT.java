package distributedmysql.experiment.consistency;

import static distributedmysql.history.Strategy.GTID_WAIT;
import static distributedmysql.history.Strategy.PRIMARY;
import static distributedmysql.history.Strategy.REPLICA;
import static distributedmysql.history.Strategy.STICKY;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.DeclaredRequests;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.consistency.ProbesSimulation.Sessions;
import distributedmysql.experiment.consistency.ProbesSimulation.Work;
import distributedmysql.experiment.consistency.judge.Guarantee;
import distributedmysql.experiment.consistency.judge.LostWrites;
import distributedmysql.experiment.consistency.judge.ReadAfterWrite;
import distributedmysql.experiment.consistency.judge.SessionGuarantee;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consistency probes against a primary and two replicas in states whose answers are known. */
class ConsistencyIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** SOURCE_DELAY = 2 is 2 to 4 s under steady writes, and more on a busy machine, but never less. */
    private static final long DELAY_MICROS = 2_000_000;

    private static final long[] DELAYS = {0, 500, 1_000, 8_000};

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static String database;
    private static Node quick;
    private static Node slow;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServers() {
        deployment = TestServers.start(2);
        replicaSet = deployment.replicaSet();
        database = TestServers.settings().data().database();
        quick = replicaSet.replicas().get(0);
        slow = replicaSet.replicas().get(1);
        new MarkedDatabase(replicaSet, database).prepare();
        Replication.awaitConvergence(replicaSet, DEADLINE);
    }

    @AfterAll
    static void stopServers() {
        deployment.close();
    }

    @Test
    void healthyReplicasConvergeAndEveryCheckIsValid() throws Exception {
        long[] delays = {0, 5, 50};
        List<Probes.Round> rounds = new ArrayList<>();
        for (long delay : delays) {
            rounds.addAll(rounds(20, PRIMARY, replicaSet.primary(), delay));
            for (Node replica : replicaSet.replicas()) {
                rounds.addAll(rounds(20, REPLICA, replica, delay));
                rounds.addAll(rounds(20, STICKY, replica, delay));
                rounds.addAll(rounds(20, GTID_WAIT, replica, delay));
            }
        }
        List<Probes.Round> polls = new ArrayList<>(rounds(10, REPLICA, quick, 0));
        polls.addAll(rounds(10, REPLICA, slow, 0));
        Work work = new Work(
                shuffled(rounds),
                polls,
                List.of(
                        new Sessions(PRIMARY, 1, 10),
                        new Sessions(REPLICA, 1, 10),
                        new Sessions(STICKY, 1, 10),
                        new Sessions(GTID_WAIT, 1, 10)),
                Duration.ofSeconds(6));
        String[] asPlayed = {
            "read-after-write.delays=0ms,5ms,50ms",
            "read-after-write.rounds=20",
            "visibility.rounds=10",
            "sessions.pairs=1",
            "sessions.cycles=10",
            "duration=6s",
        };
        PlayedProbes played = play(work, () -> {}, asPlayed);

        // What the primary counted is what the ceilings count: each write of a probe, and no more beats than their
        // interval.
        long declared = Math.round(DeclaredRequests.ofProbes(settings(asPlayed), 2, "writes"));
        assertThat(declared).isEqualTo(20 * 3 * 7 + 2 * 10 + 4 * 2 * 10 * 2);
        assertThat(played.written()).isBetween(declared + 1, declared + played.mostBeats());
        // Reads until a write is visible come on top: how many, only the replicas decide.
        assertThat((double) played.answeredReads())
                .isGreaterThanOrEqualTo(DeclaredRequests.ofProbes(settings(asPlayed), 2, "reads.*"));
        assertThat(played.results()).extracting(CheckResult::verdict).containsOnly(Verdict.VALID);
        for (long delay : delays) {
            assertNeverStale(played.cell(PRIMARY, replicaSet.primary(), delay), 20);
            assertNeverStale(played.cell(GTID_WAIT, quick, delay), 20);
            assertNeverStale(played.cell(GTID_WAIT, slow, delay), 20);
        }
        assertThat(played.run().verdicts().visibilityMicros()).allSatisfy(replica -> {
            assertThat(replica.samples()).isEqualTo(10);
            assertThat(replica.neverVisible()).isZero();
        });
        LostWrites.Counts counts = played.run().verdicts().lostWrites();
        assertThat(counts.acknowledged()).isEqualTo(played.writes().size()).isGreaterThan(work.planned());
        assertThat(counts.lost() + counts.unread()).isZero();
        assertThat(played.writes()).extracting(Write::gtid).doesNotContain("").doesNotHaveDuplicates();
        assertThat(played.writes()).extracting(Write::isInsert).contains(true, false);
        played.assertReportAsPublished(directory);
        played.assertRecheckedAlike(0);
    }

    @Test
    void aDelayedReplicaIsStaleForAsLongAsItIsDelayed() throws Exception {
        List<Probes.Round> rounds = new ArrayList<>();
        for (long delay : DELAYS) {
            rounds.addAll(rounds(8, PRIMARY, replicaSet.primary(), delay));
            for (Node replica : replicaSet.replicas()) {
                rounds.addAll(rounds(8, REPLICA, replica, delay));
                rounds.addAll(rounds(8, GTID_WAIT, replica, delay));
            }
        }
        Work work = new Work(
                shuffled(rounds),
                rounds(3, REPLICA, slow, 0),
                List.of(new Sessions(REPLICA, 4, 20), new Sessions(STICKY, 2, 20), new Sessions(GTID_WAIT, 2, 2)),
                Duration.ofSeconds(4));
        delay(2);
        try {
            PlayedProbes played = play(work, () -> {}, "duration=4s", "read-after-write.delays=0ms,500ms,1s,8s");

            assertLagIsOfTheLoadsTime(played.run().report().replicationLagMicros());

            for (long delay : new long[] {0, 500, 1_000}) {
                assertThat(played.cell(REPLICA, slow, delay).samples()).isEqualTo(8);
                assertThat(played.reads(REPLICA, slow, delay))
                        .filteredOn(read -> played.sinceWritten(read) < DELAY_MICROS)
                        .isNotEmpty()
                        .allMatch(read -> read.answer().version() < read.after().version());
            }
            assertNeverStale(played.cell(REPLICA, slow, 8_000), 8);
            assertGtidWaitWaits(played);
            assertMonotonicReadsNeedAStickyReplica(played);
            assertThat(played.run().verdicts().visibilityMicros())
                    .filteredOn(replica -> replica.replica().equals(slow.name()))
                    .allMatch(replica -> replica.samples() == 3 && replica.p50() > DELAY_MICROS / 2);
            assertThat(played.result("lost writes").verdict()).isEqualTo(Verdict.VALID);
        } finally {
            delay(0);
        }
    }

    /** 4 s, though the last reads are made 8 s after the last writes; a reading each 50 ms. */
    private static void assertLagIsOfTheLoadsTime(ReplicationLagResult lag) {
        assertThat(lag.loadToMillis() - lag.loadFromMillis()).isBetween(3_999L, 4_001L);
        assertThat(lag.replicas()).hasSize(2).allSatisfy(replica -> {
            assertThat(replica.probe().samples() + replica.probe().missing()).isBetween(78L, 82L);
            assertThat(replica.series().get(replica.series().size() - 1).atMillis())
                    .isGreaterThan(lag.loadToMillis() + 4_000);
        });
    }

    private static void assertGtidWaitWaits(PlayedProbes played) {
        for (long delay : DELAYS) {
            assertNeverStale(played.cell(GTID_WAIT, slow, delay), 8);
        }
        assertThat(played.reads(GTID_WAIT, slow, 0))
                .hasSize(8)
                .allMatch(read -> read.gtidWait().waitedMicros() > 0 && played.sinceWritten(read) >= DELAY_MICROS);
        for (Guarantee guarantee : Guarantee.values()) {
            SessionGuarantee underGtidWait = played.guarantee(guarantee, GTID_WAIT);
            assertThat(underGtidWait.violations()).as("%s", underGtidWait).isZero();
        }
        assertThat(played.guarantee(Guarantee.READ_YOUR_WRITES, GTID_WAIT).samples())
                .isPositive();
    }

    private static void assertMonotonicReadsNeedAStickyReplica(PlayedProbes played) {
        SessionGuarantee roaming = played.guarantee(Guarantee.MONOTONIC_READS, REPLICA);
        assertThat(roaming.violations()).isPositive();
        assertThat(roaming.firstViolation().observedVersion())
                .isLessThan(roaming.firstViolation().expectedVersion());
        assertThat(played.result("monotonic reads").evidence())
                .contains(roaming.firstViolation().toString());

        SessionGuarantee sticky = played.guarantee(Guarantee.MONOTONIC_READS, STICKY);
        assertThat(sticky.required()).isTrue();
        assertThat(sticky.samples()).isPositive();
        assertThat(sticky.violations()).isZero();
    }

    @Test
    void aWaitForAGtidThatTimesOutIsNoFreshRead() throws Exception {
        Work work = new Work(rounds(8, GTID_WAIT, slow, 0), List.of(), List.of(), Duration.ofSeconds(1));
        delay(2);
        try {
            PlayedProbes played = play(work, () -> {}, "gtid-wait-timeout=500ms", "read-after-write.delays=0ms");

            ReadAfterWrite.Cell cell = played.cell(GTID_WAIT, slow, 0);
            assertThat(cell.timedOut()).isEqualTo(8);
            assertThat(cell.samples() + cell.failed()).isZero();
            assertThat(played.reads(GTID_WAIT, slow, 0))
                    .extracting(Read::isAnswered)
                    .containsOnly(false);
            assertThat(played.result("read after write").verdict()).isEqualTo(Verdict.UNKNOWN);
        } finally {
            delay(0);
        }
    }

    @Test
    void aDamagedAndALostRowOfAReplicaAreNamed() throws Exception {
        String table = "`" + database + "`.probes";
        List<String> planted = new ArrayList<>();
        Work work =
                new Work(rounds(20, REPLICA, slow, 0), rounds(5, REPLICA, slow, 0), List.of(), Duration.ofSeconds(1));
        PlayedProbes played = play(
                work,
                () -> {
                    Replication.awaitConvergence(replicaSet, DEADLINE);
                    planted.add(TestSql.query(slow, "SELECT MIN(probe_key) FROM " + table));
                    planted.add(TestSql.query(slow, "SELECT MAX(probe_key) FROM " + table));
                    TestSql.execute(
                            slow,
                            "SET SESSION sql_log_bin = 0",
                            "SET GLOBAL super_read_only = OFF",
                            "UPDATE " + table + " SET payload = 'damaged' WHERE probe_key = " + planted.get(0),
                            "DELETE FROM " + table + " WHERE probe_key = " + planted.get(1),
                            "SET GLOBAL super_read_only = ON");
                },
                "read-after-write.delays=0ms");

        String damaged = planted.get(0);
        String lost = planted.get(1);
        assertInvalid(played.result("row checksums"), "key " + damaged + " on " + slow.name(), "1 corrupt");
        assertInvalid(played.result("lost writes"), "key " + lost + ":", slow.name() + " has no row", "[" + lost + "]");
        assertInvalid(
                played.result("table checksums"),
                database + ".probes on " + slow.name() + ": 1 row differing, 1 missing, 0 extra",
                "differing " + damaged,
                "missing " + lost);
        assertThat(played.run().verdicts().lostWrites().lostKeys()).containsExactly(Long.valueOf(lost));
        played.assertReportAsPublished(directory);
        played.assertRecheckedAlike(2);
    }

    private PlayedProbes play(Work work, PlayedProbes.Plant beforeTheEnd, String... settings) throws SQLException {
        return new PlayedProbes(
                replicaSet, settings(settings), directory.resolve("history.jsonl.gz"), work, beforeTheEnd);
    }

    private static Settings settings(String... settings) {
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        properties.put("profile", "quick");
        properties.put("consistency.gtid-wait-timeout", "10s");
        properties.put("connection.statement-timeout", "15s");
        properties.put("consistency.read-after-write.min-samples", "5");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put("consistency." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return AllSettings.load(properties);
    }

    private static void delay(int seconds) throws SQLException {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        Replication.stopApplier(slow);
        TestSql.execute(slow, "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = " + seconds);
        Replication.startApplier(slow);
    }

    private static List<Probes.Round> rounds(int count, Strategy strategy, Node node, long delayMillis) {
        return Collections.nCopies(count, new Probes.Round(strategy, node, Duration.ofMillis(delayMillis)));
    }

    private static List<Probes.Round> shuffled(List<Probes.Round> rounds) {
        Collections.shuffle(rounds, new Random(1));
        return rounds;
    }

    private static void assertNeverStale(ReadAfterWrite.Cell cell, int samples) {
        assertThat(cell.samples()).as("%s", cell).isEqualTo(samples);
        assertThat(cell.fresh()).as("%s", cell).isEqualTo(samples);
    }

    private static void assertInvalid(CheckResult result, String... evidence) {
        assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains(evidence);
    }
}
