package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.failover.FailoverCheck;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.MeasuredPromotion;
import distributedmysql.fault.ConnectionStorm;
import distributedmysql.fault.CutClients;
import distributedmysql.fault.CutReplication;
import distributedmysql.fault.Fault;
import distributedmysql.fault.FullDisk;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.LockHolder;
import distributedmysql.fault.Pause;
import distributedmysql.fault.PlainLedgerLoad;
import distributedmysql.fault.Servers;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.external.ExternalTopology;
import distributedmysql.topology.external.Hook;
import distributedmysql.topology.external.Operator;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.FailoverRecord.Fencing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failovers of servers that are not the framework's: it only looks at them. */
@OwnServers
class ObservedFailoverIT {
    private static final Duration DEADLINE = Servers.DEADLINE;

    private final RunClock clock = new RunClock();

    @TempDir
    Path directory;

    @Test
    @OwnServers
    void exactlyTheWritesThatNoReplicaReceivedAreLostAndTheFormerPrimaryIsReportedAsDiverged(ReplicaSet servers)
            throws Exception {
        try (Operator operator = new Operator(servers, directory, false)) {
            Settings settings = settings(servers, operator);
            ReplicaSet replicaSet = external(servers, settings);
            Node former = replicaSet.primary();
            Node replica = replicaSet.replicas().get(0);
            try (PlainLedgerLoad load = new PlainLedgerLoad(replicaSet, clock, 10_000)) {
                ObservedFailover failover = failover(replicaSet, Hook.promote(settings, new EventLog()));
                load.write(20);
                Replication.awaitConvergence(replicaSet, DEADLINE);
                Replication.stopReceiver(servers.replicas().get(0));
                String before = GtidSets.executed(former);
                int firstLost = load.nextId();
                load.write(100);
                String lostGtids = GtidSets.subtract(former, GtidSets.executed(former), before);

                KillAndRestart kill = new KillAndRestart(replicaSet, former);
                assertThat(kill.inject()).startsWith("external.hooks.kill for the process of node1");
                FailoverRecord record = failover.promote(failover.awaitDeath(DEADLINE, Optional::empty));
                failover.settle();
                load.write(30);

                assertThat(replicaSet.primary()).isEqualTo(replica);
                assertThat(record.detection().probed()).isTrue();
                assertThat(record.fencing()).isEqualTo(Fencing.DEAD);
                assertThat(operator.environment("promote"))
                        .contains(
                                "NODE_NAME=node2\n",
                                "NODE_PORT=" + replica.address().port())
                        .contains("OLD_PRIMARY_HOST=127.0.0.1\n")
                        .contains("OLD_PRIMARY_PORT=" + former.address().port());

                kill.heal();
                ReturnedServer returned = failover.bringBack(former, Duration.ofSeconds(5));

                assertThat(returned.extraGtids()).isEqualTo(lostGtids);
                assertThat(returned.problem()).isEqualTo("has diverged by " + lostGtids);
                assertThat(returned.rejoinedMicros()).isNull();
                assertThat(replicaSet.replicas()).isEmpty();
                load.recordPresent();
                load.ledger().present(former.name(), load.table().ids(former));
                FailoverFigures figures = FailoverCheck.figures(
                        load.ledger(), replica.name(), 0, List.of(MeasuredPromotion.alone(record.promotion())));
                assertThat(figures.ledger().writes().acknowledged()).isEqualTo(150);
                assertThat(figures.ledger().writes().lost().count()).isEqualTo(100);
                assertThat(figures.ledger().writes().lost().ranges()).isEqualTo(firstLost + "-" + (firstLost + 99));
                assertThat(figures.rto().get(0).writeMillis()).isPositive();
                assertThat(FailoverCheck.check(figures, ReplicationMode.ASYNC, OptionalLong.of(99)))
                        .extracting(check -> check.verdict())
                        .containsExactly(Verdict.INVALID, Verdict.VALID, Verdict.VALID);
                assertThat(FailoverCheck.everyNode(figures, ReplicationMode.ASYNC, List.of("node1", "node2"))
                                .verdict())
                        .isEqualTo(Verdict.INVALID);
            }
        }
    }

    @Test
    void whatCouldNotBeMeasuredIsSaidBeforeAnythingIsKilled(ReplicaSet servers) throws Exception {
        try (Operator operator = new Operator(servers, directory, false)) {
            ReplicaSet replicaSet = external(servers, settings(servers, operator));
            Node replica = servers.replicas().get(0);

            Replication.setReadOnly(replica, false);
            assertThatThrownBy(() -> failover(replicaSet, Optional.empty()))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContainingAll(
                            "nothing was killed", replica.address().toString(), "takes writes");
            Replication.setReadOnly(replica, true);
            Replication.stopApplier(replica);
            assertThatThrownBy(() -> failover(replicaSet, Optional.empty()))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContainingAll("nothing was killed", "does not run", "applier not running");
            Replication.startApplier(replica);
            Replication.awaitRunning(replica, DEADLINE);

            ObservedFailover failover = failover(replicaSet, Optional.empty());
            Detection killed = failover.awaitDeath(DEADLINE, () -> Optional.of(clock.micros()));
            long before = connections(replica);
            assertThatThrownBy(() -> failover.promote(killed))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("waited 1000 ms for a replica to take writes")
                    .hasMessageContaining(
                            "the former primary node1 (" + servers.primary().address() + ") takes writes")
                    .hasMessageContaining("node2 (" + replica.address() + ") is read-only");
            assertThat(replicaSet.primary().name()).isEqualTo("node1");
            assertThat(connections(replica) - before)
                    .as("connections made while it was asked for 1 s; this test makes one")
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void aReplicaThatIsStartedAgainMeanwhileIsAskedOverANewConnection(ReplicaSet servers) throws Exception {
        try (Operator operator = new Operator(servers, directory, false);
                RoleProbe probe = new RoleProbe(
                        external(servers, settings(servers, operator))
                                .replicas()
                                .get(0),
                        Duration.ofSeconds(1))) {
            Node replica = servers.replicas().get(0);
            assertThat(Await.success("an answer", DEADLINE, probe::takesWrites)).isFalse();

            replica.control().orElseThrow().kill();
            assertThatThrownBy(probe::takesWrites)
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("cannot be asked whether it takes writes");
            replica.control().orElseThrow().start(DEADLINE);
            Replication.setReadOnly(replica, false);

            assertThat(Await.success("an answer", DEADLINE, probe::takesWrites)).isTrue();
            Replication.setReadOnly(replica, true);
            Replication.awaitRunning(replica, DEADLINE);
        }
    }

    private static long connections(Node node) {
        // Each connection that the server has taken since it was started.
        return Long.parseLong(Mysql.text(
                node,
                "SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = 'Connections'"));
    }

    @Test
    void aKillIsTheOnlyFaultThatTheySuffer(ReplicaSet servers) throws Exception {
        try (Operator operator = new Operator(servers, directory, false)) {
            ReplicaSet replicaSet = external(servers, settings(servers, operator));
            Node replica = replicaSet.replicas().get(0);

            assertThat(new KillAndRestart(replicaSet, replica).impossible()).isEmpty();
            List<Fault> others = List.of(
                    new Pause(replica),
                    new CutClients(replicaSet, replica),
                    new CutReplication(replica),
                    StopReplicationThread.applier(replica),
                    StopReplicationThread.receiver(replica),
                    new LockHolder(replica, "any"),
                    new ConnectionStorm(replica, 1),
                    new FullDisk(replicaSet, replica, 1 << 20));
            assertThat(others).allSatisfy(fault -> {
                assertThat(fault.impossible()).hasValue(replica + " was not started by the framework");
                assertThatThrownBy(fault::inject)
                        .isInstanceOf(TopologyException.class)
                        .hasMessage(replica + " was not started by the framework");
            });
            assertThat(Replication.status(replica).running()).isTrue();
        }
    }

    @Test
    void theModeIsWhatThePrimaryIsConfiguredWith(ReplicaSet servers) {
        Node primary = servers.primary();
        assertThat(SemiSync.configured(primary)).isEqualTo(ReplicationMode.ASYNC);
        for (ReplicationMode mode : List.of(ReplicationMode.AFTER_SYNC, ReplicationMode.AFTER_COMMIT)) {
            SemiSync.enable(servers, mode, DEADLINE, DEADLINE);
            assertThat(SemiSync.configured(primary)).isEqualTo(mode);
        }
        SemiSync.disable(servers, Servers.DEADLINE);
        assertThat(SemiSync.configured(primary)).isEqualTo(ReplicationMode.ASYNC);
    }

    private ObservedFailover failover(ReplicaSet replicaSet, Optional<Hook> promote) {
        Duration deadline = promote.isPresent() ? DEADLINE : Duration.ofSeconds(1);
        FailoverOptions options =
                new FailoverOptions(Duration.ofMillis(200), Duration.ofSeconds(1), 3, true, deadline, deadline);
        return new ObservedFailover(replicaSet, options, clock, promote);
    }

    private static Settings settings(ReplicaSet servers, Operator operator) {
        List<String> settings = new ArrayList<>(operator.settings());
        settings.add(operator.promoteSetting());
        settings.add("external.user=" + servers.primary().admin().user());
        Properties properties = new Properties();
        properties.setProperty("profile", "quick");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return AllSettings.load(properties);
    }

    private static ReplicaSet external(ReplicaSet servers, Settings settings) {
        String password = servers.primary().admin().password().text();
        return new ExternalTopology(settings, Map.of("MYSQL_PASSWORD", password), System.out::println)
                .start()
                .replicaSet();
    }
}
