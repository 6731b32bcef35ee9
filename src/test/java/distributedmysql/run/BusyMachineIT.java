package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TargetRate;
import distributedmysql.check.Verdict;
import distributedmysql.config.Phases;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.consistency.ConsistencySettings;
import distributedmysql.experiment.consistency.LagAndTables;
import distributedmysql.gatling.OpenReads;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.monitor.ReplicationLags;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestSql;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Known answers on a machine that other processes keep busy: what is of their making, and what is of a server's. */
@OwnServers
class BusyMachineIT {
    private static final String DATABASE = "busy_machine_it";
    private static final Duration STEADY = Duration.ofSeconds(6);
    private static final int RATE = 100;

    private static ReplicaSet replicaSet;

    private final List<Process> loops = new ArrayList<>();

    @BeforeAll
    static void startServers(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        try (var connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    @AfterEach
    void endLoops() {
        loops.forEach(Process::destroyForcibly);
    }

    /** One for each processor, at normal priority. */
    private void keepTheMachineBusy() throws IOException {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
    }

    /** How the checks judge six seconds of load, and of the lag under it. */
    private record Judged(CheckResult lagAlone, CheckResult lag, CheckResult rate, CheckResult silence) {}

    /** @param stopped for two seconds at the beginning of it; null if none is */
    private Judged judge(String lagLimit, Node stopped) throws Exception {
        StageRecorder stage = new StageRecorder(
                StagePlan.open("reads", "routed", RATE, new Phases(Duration.ZERO, Duration.ZERO, STEADY)), () -> {});
        StageRecorders recorders = new StageRecorders();
        recorders.add(stage, List.of("reads"));
        ConsistencySettings settings = settings(lagLimit);
        try (MachineWatch watch = new MachineWatch(replicaSet.nodes(), recorders);
                ReplicationLag lag = new ReplicationLag(
                        replicaSet, DATABASE, System.nanoTime(), Duration.ofMillis(50), Duration.ofMillis(25));
                OpenReads reads = new OpenReads(replicaSet, stage, RATE)) {
            watch.start();
            lag.start();
            lag.loadBegins(STEADY);
            reads.start();
            if (stopped != null) {
                stopForTwoSeconds(stopped.control().orElseThrow(), stage);
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(stage::isOver);
            Check lagCheck = new LagAndTables(
                            Shards.only(replicaSet), settings, new ReplicationLags(List.of(lag)), System.out::println)
                    .lagCheck();
            return new Judged(
                    lagCheck.result(),
                    watch.judge(lagCheck),
                    watch.judge(StageRates.check("target rate", TargetRate.MEANING, recorders::all)),
                    watch.judge(watch.serverSilence("server silence: all", recorders::all)));
        }
    }

    private static void stopForTwoSeconds(ServerControl server, StageRecorder stage) {
        long begin = System.nanoTime();
        Awaitility.await().until(() -> System.nanoTime() - begin > STEADY.toNanos() / 8);
        server.pause();
        long stopped = System.nanoTime();
        try {
            Awaitility.await()
                    .until(() ->
                            System.nanoTime() - stopped > Duration.ofSeconds(2).toNanos());
        } finally {
            server.resume();
        }
        assertThat(stage.isOver()).as("the load goes on after the stop").isFalse();
    }

    private static void delayReplica(int seconds) throws SQLException {
        Node replica = replicaSet.replicas().get(0);
        TestSql.execute(replica, "STOP REPLICA SQL_THREAD");
        TestSql.execute(replica, "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = " + seconds);
        TestSql.execute(replica, "START REPLICA SQL_THREAD");
    }

    private static ConsistencySettings settings(String lagLimit) {
        Properties properties = new Properties();
        properties.putAll(Map.of("profile", "quick", "consistency.lag.limit-p99", lagLimit));
        return AllSettings.load(properties).of(ConsistencySettings.class);
    }

    @Test
    @DisplayName("A lag above its limit is UNKNOWN, the reason first, and nothing is INVALID")
    void otherProcesses() throws Exception {
        keepTheMachineBusy();
        // Applied a second late, so the check by itself is INVALID on the fastest machine too.
        delayReplica(1);
        Judged judged;
        try {
            judged = judge("1ms", null);
        } finally {
            delayReplica(0);
        }

        assertThat(judged.lagAlone().verdict()).as(judged.toString()).isEqualTo(Verdict.INVALID);
        assertThat(judged.lag().verdict()).as(judged.toString()).isEqualTo(Verdict.UNKNOWN);
        assertThat(judged.lag().evidence())
                .startsWith("because this machine was busy (other processes took ")
                .contains("otherwise INVALID: node2: p99 ");
        assertThat(judged.lag().next()).contains("end other programs");
        assertThat(judged.rate().verdict()).as(judged.toString()).isNotEqualTo(Verdict.INVALID);
        assertThat(judged.silence().verdict()).as(judged.toString()).isNotEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName("A server that was stopped for 2 s is INVALID all the same")
    void aStoppedServer() throws Exception {
        keepTheMachineBusy();
        Judged judged = judge("0ms", replicaSet.replicas().get(0));

        assertThat(judged.silence().verdict()).as(judged.toString()).isEqualTo(Verdict.INVALID);
        assertThat(judged.silence().evidence())
                .startsWith("node2 (")
                .containsPattern(" answered nothing for at least [1-9]\\d*\\.\\d s");
    }
}
